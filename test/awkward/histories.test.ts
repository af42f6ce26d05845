import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Entry, History } from '../../harness/model/history.ts';
import { entry as entrySchema } from '../../harness/record/entry-schema.ts';
import { historyOf, judged, values } from './histories.ts';

const dpop = 'gateway/dpop-tolerates/query-in-request';
const race = 'idp/code-race/parallel';
const cors = 'client/cors/token-endpoint';
const chain = 'chain/revocation/between-two-pages';

const good: readonly (readonly [scenario: string, history: string])[] = [
  [dpop, 'dpop-query-in-request.good'],
  [race, 'code-race.good'],
  [cors, 'cors.good'],
  [chain, 'chain-revocation.good'],
];

const without = (history: History, unwanted: (entry: Entry) => boolean) => history.filter((entry) => !unwanted(entry));
const changed = (history: History, change: (entry: Entry) => Entry) => history.map(change);
const gateOf = (scenario: string, history: History, id: string) =>
  judged(scenario, history).gates.find((gate) => gate.id === id);

test.each(readdirSync(new URL('fixtures/', import.meta.url)))('%s is as a recorder writes it', (file) => {
  const history = historyOf(file.replace('.ndjson', ''));
  expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index));
  expect(history.map(({ at }) => at)).toEqual(history.map(({ at }) => at).toSorted((a, b) => a - b));
  for (const entry of history) expect(entrySchema.parse(entry)).toEqual(entry);
});

test.each(good)('%s passes a target that fails well', (scenario, history) => {
  const verdict = judged(scenario, historyOf(history));
  expect(verdict.gates.filter(({ open }) => !open)).toEqual([]);
  expect(values(verdict).value).toBe('pass');
});

test.each(good)('%s concludes nothing without a control before', (scenario, name) => {
  const history = without(historyOf(name), (entry) => entry.kind === 'step' && entry.phase === 'control-before');
  expect(judged(scenario, history)).toMatchObject({ value: 'inconclusive', because: 'no control ran before' });
});

test.each(good)('%s concludes nothing without a control afterwards', (scenario, name) => {
  const history = without(historyOf(name), (entry) => entry.kind === 'step' && entry.phase === 'control-after');
  expect(judged(scenario, history)).toMatchObject({ value: 'inconclusive', because: 'no control ran afterwards' });
});

test.each(good)('%s takes silence for no answer', (scenario, name) => {
  const history = changed(historyOf(name), (entry) =>
    entry.kind === 'step' && entry.phase === 'stimulus'
      ? { ...entry, outcome: 'indeterminate', detail: 'no answer in time' }
      : entry,
  );
  expect(judged(scenario, history).value).toBe('inconclusive');
});

test('a gateway that compares htu with the query refuses what it must accept', () => {
  const verdict = judged(dpop, historyOf('dpop-query-in-request.bad'));
  expect(values(verdict)).toMatchObject({ value: 'fail', safe: 'pass', signal: 'fail', resilience: 'pass' });
  expect(verdict.properties.signal.findings[0]?.requirement.id).toBe('rfc9449/4.3/htu-without-query');
});

test('an IdP that gives tokens for one code twice is unsafe', () => {
  const verdict = judged(race, historyOf('code-race.bad'));
  expect(values(verdict)).toMatchObject({ value: 'fail', safe: 'fail', signal: 'pass', diagnosis: 'pass' });
  expect(verdict.because).toBe('2 of 4 were accepted; expected: at most 1');
});

test('redemptions one after the other were no race', () => {
  const begun = new Map(
    historyOf('code-race.good').flatMap((entry) => (entry.kind === 'step-begun' ? [[entry.step, entry] as const] : [])),
  );
  const history = historyOf('code-race.good').flatMap((entry): History => {
    if (entry.kind === 'step-begun' && entry.does.startsWith('redeem-code')) return [];
    const start = entry.kind === 'step' && entry.actor !== undefined ? begun.get(entry.step) : undefined;
    return start === undefined ? [entry] : [{ ...start, at: entry.at - 0.1 }, entry];
  });
  expect(gateOf(race, history, 'fault-met')).toMatchObject({ open: false });
  expect(judged(race, history).value).toBe('inconclusive');
});

test('a redemption that came to nothing may have won as well, but two that won are a breach all the same', () => {
  const silence = (name: string, actor: string) =>
    changed(historyOf(name), (entry) =>
      entry.kind === 'step' && entry.actor === actor
        ? { ...entry, outcome: 'indeterminate', detail: 'ECONNRESET' }
        : entry,
    );
  expect(judged(race, silence('code-race.good', 'fourth'))).toMatchObject({
    value: 'inconclusive',
    because: 'fourth: ECONNRESET',
  });
  expect(judged(race, silence('code-race.bad', 'fourth')).properties.safe.value).toBe('fail');
});

test('a page that blames the password does not explain CORS', () => {
  const verdict = judged(cors, historyOf('cors.bad'));
  expect(values(verdict)).toMatchObject({ value: 'warn', diagnosis: 'warn', discretion: 'pass', resilience: 'pass' });
  expect(verdict.diagnosis).toMatchObject({ caller: { grade: 'D0' }, operator: { grade: 'D1' } });
});

test("what the browser says of CORS is not the app's merit", () => {
  const said = (history: History, party: string | undefined) =>
    history.some((entry) => entry.kind === 'log' && entry.party === party && entry.line.includes('CORS policy'));
  expect(said(historyOf('cors.bad'), 'browser')).toBe(true);
  const history = changed(historyOf('cors.bad'), (entry) => {
    if (entry.kind !== 'log') return entry;
    const { party: _, ...own } = entry;
    return own;
  });
  expect(judged(cors, history).diagnosis.operator.grade).toBe('D4');
});

test('a code on the page or in its address is a leak', () => {
  const history = changed(historyOf('cors.good'), (entry) =>
    entry.kind === 'page' ? { ...entry, url: `${entry.url}callback?code=‹secret:code#2›` } : entry,
  );
  expect(values(judged(cors, history))).toMatchObject({ value: 'warn', discretion: 'warn', diagnosis: 'pass' });
});

test('a CORS fault that the browser never met concludes nothing', () => {
  const history = without(historyOf('cors.good'), ({ kind }) => kind === 'fault-met');
  expect(judged(cors, history)).toMatchObject({
    value: 'inconclusive',
    because: 'the target never met http/cors-missing',
  });
});

test('in a chain the gateway that lets a revoked token in is unsafe, whatever its client does', () => {
  const verdict = judged(chain, historyOf('chain-revocation.bad-gateway'));
  expect(values(verdict)).toMatchObject({ value: 'fail', safe: 'fail', signal: 'fail' });
  const [finding] = verdict.properties.safe.findings;
  expect(finding).toMatchObject({ holds: 'no', observed: 'the api saw GET /items' });
});

test('in a chain the client that blames another hop is told apart from the gateway that explains', () => {
  const verdict = judged(chain, historyOf('chain-revocation.bad-client'));
  expect(values(verdict)).toMatchObject({ value: 'warn', safe: 'pass', signal: 'pass', diagnosis: 'warn' });
  expect(verdict.diagnosis).toMatchObject({
    operator: { grade: 'D4' },
    caller: { grade: 'D0', misleading: 'network/blocked' },
  });
});

test('in a chain only the right hop explains: what the client logs is not the gateway speaking', () => {
  const history = changed(historyOf('chain-revocation.good'), (entry) =>
    entry.kind === 'log' && entry.party === 'gateway' ? { ...entry, party: 'client' } : entry,
  );
  expect(values(judged(chain, history))).toMatchObject({ value: 'warn', safe: 'pass', diagnosis: 'warn' });
});

test('in a chain a client that never uses the revoked token proves nothing about the gateway, and accuses nobody', () => {
  const verdict = judged(chain, historyOf('chain-revocation.fresh-token'));
  expect(values(verdict)).toMatchObject({ value: 'inconclusive', safe: 'inconclusive', signal: 'inconclusive' });
  expect(verdict.properties.safe.findings[0]?.observed).toBe('no such request reached the gateway');
});

test('in a chain a client that tries for ever is caught, in its own window', () => {
  const history = historyOf('chain-revocation.good');
  const call = history.find((entry) => entry.kind === 'exchange' && entry.exchange.response?.status === 401);
  const storm = history.flatMap((entry) => (entry === call ? Array.from({ length: 5 }, () => entry) : [entry]));
  expect(values(judged(chain, storm))).toMatchObject({ value: 'warn', safe: 'pass', resilience: 'warn' });
});
