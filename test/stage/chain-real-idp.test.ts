import { afterAll, beforeAll, expect, test } from 'vitest';
import { lexiconsFor, stagesFor } from '../../harness/compose.ts';
import { chainOf } from '../../harness/drivers/chain.ts';
import type { Entry } from '../../harness/model/history.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import { plan } from '../../harness/run/plan.ts';
import { openSession } from '../../harness/run/session.ts';
import { createSurroundings, type Surroundings } from '../../harness/stage/surroundings.ts';
import { scenarios } from '../../scenarios/index.ts';
import chain from '../../targets/chain/openid-client-oidc-provider/target.ts';
import referenceChain from '../../targets/chain/reference/target.ts';
import referenceIdp from '../../targets/reference/idp/target.ts';

let surroundings: Surroundings;
let openStage: OpenStage;

beforeAll(async () => {
  surroundings = await createSurroundings();
  openStage = stagesFor(surroundings, 1);
});
afterAll(() => surroundings[Symbol.asyncDispose]());

const chosen = plan({ scenarios, targets: [chain] }, { scenarios: ['chain/*'] });

test('what is inside a real IdP cannot be broken, and the plan says so', () => {
  const why = (id: string) => chosen.notApplicable.find(({ scenario }) => scenario.id === id)?.why;
  expect(why('chain/client-side/secret-rotated')).toBe(
    "the IdP of chain/openid-client-oidc-provider is node/oidc-provider, a real one, in which nobody can do 'token-answer/invalid-client'",
  );
  const planned = chosen.pairs.map(({ scenario }) => scenario.id);
  expect(planned).toContain('chain/revocation/between-two-pages');
  expect(planned).toContain('chain/restart/opaque-between-pages');
  expect(planned).toContain('chain/client-side/idp-certificate-expired');
});

test('its wires break, it revokes, and it is started again', { timeout: 120_000 }, async () => {
  const lexicon = lexiconsFor({ words: [] })(chain);
  await using session = openSession({ target: chain, name: 'real', openStage, lexicon, twins: new Map() });
  for (const id of [
    'chain/client-side/idp-certificate-expired',
    'chain/revocation/between-two-pages',
    'chain/restart/opaque-between-pages',
  ]) {
    const scenario = scenarios.find((one) => one.id === id)!;
    const entries: Entry[] = [];
    const { verdict } = await session.run(scenario, (entry) => entries.push(entry), AbortSignal.timeout(60_000));
    expect([id, verdict.value, verdict.because]).toEqual([id, 'pass', 'it failed well']);
    // Its own words are in the history, under its name.
    expect(
      entries.some((entry) => entry.kind === 'log' && entry.party === 'idp' && /POST \/token /.test(entry.line)),
    ).toBe(true);
  }
});

test('its own clock can be off', { timeout: 60_000 }, async () => {
  const { client, gateway } = referenceChain.members!;
  const target = chainOf({ id: 'mine/chain', summary: 'references alone', client, gateway, idp: referenceIdp });
  const { pairs, notApplicable } = plan({ scenarios, targets: [target] }, { scenarios: ['chain/clocks/idp-*'] });
  expect([pairs.length, notApplicable.length]).toEqual([2, 0]);
  const lexicon = lexiconsFor({ words: [] })(target);
  await using session = openSession({ target, name: 'clock', openStage, lexicon, twins: new Map() });
  const slow = pairs.find(({ scenario }) => scenario.id === 'chain/clocks/idp-slow-2h')!;
  const entries: Entry[] = [];
  const { verdict } = await session.run(slow.scenario, (entry) => entries.push(entry), AbortSignal.timeout(30_000));
  expect([verdict.value, verdict.because]).toEqual(['pass', 'it failed well']);
  const stimulus = entries.filter((entry) => entry.kind === 'step' && entry.phase === 'stimulus');
  expect(stimulus.map((entry) => entry.kind === 'step' && entry.outcome)).toEqual(['refused']);
});
