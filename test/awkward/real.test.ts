import { afterAll, expect, test } from 'vitest';
import { stagesFor } from '../../harness/compose.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';
import type { Entry } from '../../harness/model/history.ts';
import type { Target } from '../../harness/model/target.ts';
import { openSession } from '../../harness/run/session.ts';
import { createSurroundings } from '../../harness/stage/surroundings.ts';
import crashes from '../../targets/mutants/crashes-on-malformed.ts';
import reference from '../../targets/reference/gateway/target.ts';
import { scenarioOf } from './histories.ts';

const surroundings = await createSurroundings();
afterAll(() => surroundings[Symbol.asyncDispose]());

/** Runs one scenario on one target in this process. */
async function run(id: string, target: Target = reference) {
  await using session = openSession({
    target,
    name: 'awkward',
    openStage: stagesFor(surroundings, 1),
    lexicon: createLexicon(),
    twins: new Map(),
  });
  const history: Entry[] = [];
  const { verdict } = await session.run(scenarioOf(id), (entry) => history.push(entry), AbortSignal.timeout(50_000));
  const gates = Object.fromEntries(verdict.gates.map((gate) => [gate.id, gate]));
  const of = <K extends Entry['kind']>(kind: K) =>
    history.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);
  const judged = of('step').findLast(({ phase, actor }) => phase === 'stimulus' && actor === undefined);
  return { verdict, gates, of, judged };
}

const allOpen = (gates: { readonly [id: string]: { readonly open: boolean } }) =>
  Object.values(gates).every(({ open }) => open);

test('1. a must-accept passes by an acceptance that did the work', async () => {
  const { verdict, gates, of, judged } = await run('gateway/bearer-scheme/lower');
  expect(verdict).toMatchObject({ value: 'pass', expected: 'accept' });
  expect(allOpen(gates)).toBe(true);
  expect(judged).toMatchObject({ outcome: 'accepted', detail: '200' });
  const served = of('exchange').filter(({ exchange }) => exchange.correlation === judged?.step);
  expect(served.map(({ link }) => link).sort()).toEqual(['caller→gateway', 'gateway→api']);
});

test('2. a warm gateway may never meet the fault, and passes for it', async () => {
  const { verdict, gates, of } = await run('gateway/jwks-unreachable/warm-500');
  expect(verdict.value).toBe('pass');
  expect(gates['fault-met']).toMatchObject({ open: true, because: expect.stringContaining('as it may') });
  expect(of('fault-applied')).toHaveLength(1);
  expect(of('fault-met')).toHaveLength(0);
  expect(of('exchange').filter(({ link }) => link === 'gateway→idp')).toHaveLength(0);
});

test('3. and 9. with the IdP down at start the control is a twin’s, and a refused connection is met by the difference it makes', async () => {
  const { verdict, gates, of, judged } = await run('gateway/jwks-unreachable/refused');
  expect(verdict.value).toBe('pass');
  expect(allOpen(gates)).toBe(true);
  const [before] = of('step');
  expect(before).toMatchObject({ phase: 'control-before', outcome: 'accepted', from: 'twin' });
  const started = of('target').find(({ event }) => event === 'started');
  expect(of('fault-applied')[0]?.seq).toBeLessThan(started?.seq ?? 0);
  expect(of('fault-met')).toMatchObject([{ by: 'difference' }]);
  expect(judged).toMatchObject({ outcome: 'refused' });
  expect(of('step').at(-1)).toMatchObject({ phase: 'control-after', outcome: 'accepted' });
});

test('4. and 10. a revocation is a step that stays, names its token, and the staleness after it is measured', async () => {
  const { verdict, gates, of, judged } = await run('gateway/introspection-revoked/after-use');
  expect(verdict.value).toBe('pass');
  expect(allOpen(gates)).toBe(true);
  const revoked = of('step').find(({ detail }) => detail === 'revoked');
  expect(revoked).toMatchObject({ outcome: 'accepted', token: expect.stringMatching(/^‹token:access_token#\d+›$/) });
  const call = of('exchange').find(
    ({ link, exchange }) => link === 'caller→gateway' && exchange.correlation === judged?.step,
  );
  expect(JSON.stringify(call?.exchange.request)).toContain(revoked?.token);
  expect(of('fault-cleared')).toHaveLength(0);
  expect(of('measure')[0]).toMatchObject({ what: 'staleness', declared: 0 });
  expect(of('step').at(-1)).toMatchObject({ phase: 'control-after', outcome: 'accepted' });
});

test('8. a target that crashes on the stimulus has refused nothing', async () => {
  const { verdict, gates, of, judged } = await run('gateway/token-malformed/header-not-json', crashes);
  expect(judged).toMatchObject({ outcome: 'indeterminate' });
  expect(gates['explicit-outcome']).toMatchObject({ open: false });
  expect(gates['control-after']).toMatchObject({ open: false });
  expect(of('target')).toMatchObject([{ event: 'exited' }]);
  expect(verdict.properties.safe.value).toBe('inconclusive');
  expect(verdict.properties.resilience.value).toBe('warn');
  expect(verdict.value).not.toMatch(/pass|note/);
});

test('9. an upstream that refuses the connection is met by difference, and named', async () => {
  const { verdict, of, judged } = await run('gateway/upstream/refused');
  expect(verdict.value).toBe('pass');
  expect(judged).toMatchObject({ outcome: 'refused', detail: '502' });
  expect(of('fault-met')).toMatchObject([{ fault: 'tcp/refused', by: 'difference' }]);
  expect(verdict.diagnosis.operator.grade).toMatch(/D[34]/);
});

test('10. the time until a new key is accepted is measured beside the declared time', async () => {
  const { verdict, of } = await run('gateway/key-rotation/new-key');
  expect(verdict.value).toBe('pass');
  const declared = of('measure').find(({ what }) => what === 'key refresh');
  expect(declared?.declared).toBeGreaterThan(0);
  expect(declared?.milliseconds).toBeLessThanOrEqual((declared?.declared ?? 0) + 1_000);
});

test('11. a MAY has two right answers, and the verdict says which it was', async () => {
  const { verdict, judged } = await run('gateway/bearer-placement/form');
  expect(verdict).toMatchObject({ value: 'pass', expected: 'either' });
  expect(judged?.outcome).toBe('refused');
  const held = verdict.properties.signal.findings.map((finding) => finding.held);
  expect(held).toEqual(expect.arrayContaining(['challenges(Bearer)', 'answers(400 or 401)']));
});
