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

test('a gateway that checks DPoP is not judged by a stage that cannot send a proof', () => {
  const { pairs, notApplicable } = planned(expressTarget, ['gateway/dpop-tolerates']);
  expect(pairs).toEqual([]);
  expect(notApplicable.length).toBeGreaterThan(0);
  for (const { why } of notApplicable) expect(why).toBe("the stage for a gateway cannot do 'prove-possession' yet");
});

test('once a stage can send one, the same scenarios are planned', () => {
  const able = { gateway: [...(repertoire.gateway ?? []), 'prove-possession'] };
  const { pairs, notApplicable } = plan(
    { scenarios, targets: [expressTarget], repertoire: able },
    { scenarios: ['gateway/dpop-tolerates'] },
  );
  expect(pairs.length).toBeGreaterThan(0);
  expect(notApplicable).toEqual([]);
});

test('a chain is offered the scenarios for chains, and no other', () => {
  const { pairs, notApplicable } = planned(as('chain'));
  const all = [...pairs, ...notApplicable].map(({ scenario }) => scenario);
  expect(new Set(all)).toEqual(new Set(scenarios.filter(({ role }) => role === 'chain')));
});
