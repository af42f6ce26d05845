import { expect, test } from 'vitest';
import type { Role } from '../../harness/model/parties.ts';
import type { Target } from '../../harness/model/target.ts';
import { plan } from '../../harness/run/plan.ts';
import { repertoire } from '../../harness/stage/repertoire.ts';
import { scenarios } from '../../scenarios/index.ts';
import expressTarget from '../../targets/node/express-oauth2-jwt-bearer/target.ts';
import reference from '../../targets/reference/gateway/target.ts';

const planned = (target: Target, patterns?: readonly string[]) =>
  plan({ scenarios, targets: [target], repertoire }, patterns === undefined ? {} : { scenarios: patterns });
const as = (role: Role): Target => ({
  ...reference,
  id: `acme/${role}`,
  role,
  capabilities: ['browser', 'introspection'],
});

test('a gateway is offered scenarios for gateways, each once, and no other', () => {
  const { pairs, notApplicable } = planned(reference);
  const all = [...pairs, ...notApplicable].map(({ scenario }) => scenario);
  expect(new Set(all)).toEqual(new Set(scenarios.filter(({ role }) => role === 'gateway')));
  expect(all).toHaveLength(new Set(all).size);
});

test('a gateway that checks DPoP is judged by a stage that can send a proof, and by no other', () => {
  const { pairs, notApplicable } = planned(expressTarget, ['gateway/dpop-tolerates']);
  expect(pairs.length).toBeGreaterThan(0);
  expect(notApplicable).toEqual([]);
  const unable = { gateway: repertoire.gateway!.filter((deed) => deed !== 'prove-possession') };
  const without = plan(
    { scenarios, targets: [expressTarget], repertoire: unable },
    { scenarios: ['gateway/dpop-tolerates'] },
  );
  expect(without.pairs).toEqual([]);
  expect(without.notApplicable).toHaveLength(pairs.length);
  for (const { why } of without.notApplicable)
    expect(why).toBe("the stage for a gateway cannot do 'prove-possession' yet");
});

test('a chain is offered the scenarios for chains, and no other', () => {
  const { pairs, notApplicable } = planned(as('chain'));
  const all = [...pairs, ...notApplicable].map(({ scenario }) => scenario);
  expect(new Set(all)).toEqual(new Set(scenarios.filter(({ role }) => role === 'chain')));
});
