import { expect, onTestFinished, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { Link } from '../../harness/model/parties.ts';
import type { Scenario } from '../../harness/model/scenario.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { brokenFor, type Family } from '../../scenarios/broken.ts';
import { worksOnOrRefuses } from '../../scenarios/gateway/expectations.ts';
import { callApi } from '../../scenarios/gateway/stimuli.ts';
import reference from '../../targets/reference/gateway/target.ts';
import { census, settled } from '../census.ts';
import { runOn } from './engine.ts';

const connections: readonly AnyFault[] = [
  links.refused(),
  links.resets(),
  links.resetsAtOnce(),
  links.closesAtOnce(),
  links.otherService(),
  links.tls.handshakeResets(),
  links.tls.alerts(),
  links.tls.plaintext(),
  links.tls.expiredCertificate(),
  links.tls.unknownAuthority(),
];
const answers: readonly AnyFault[] = [
  links.resetBeforeAnswer(),
  links.closesBeforeAnswer(),
  links.resetAfter(),
  links.truncated(),
  links.halfCloses(),
  links.halfClosesMidAnswer(),
  links.closesIdle(),
  links.resetsIdle(),
];
const silences: readonly AnyFault[] = [links.hangs(), links.neverAnswers(), links.stalls(), links.tls.handshakeHangs()];

/** Scenarios of these faults on a link in turn, so many. */
function made(
  family: string,
  on: Link,
  faults: readonly AnyFault[],
  count: number,
  fresh?: 'fresh',
): readonly Scenario[] {
  const rows = Array.from(
    { length: count },
    (_, at) => [`${at}`, { fault: faults[at % faults.length]!, expect: worksOnOrRefuses }] as const,
  );
  const common: Family = {
    family,
    remedy: '',
    on,
    isolation: fresh ?? 'exclusive',
    ...(fresh && ({ cold: true } as const)),
  };
  return brokenFor('gateway', [callApi()])(common, Object.fromEntries(rows));
}

/** What the gateway keeps from one call to the next, and what a new one needs first; and a few that make it wait. */
const scenariosOf = (count: number): readonly Scenario[] => [
  ...made('leaks-api', 'gateway→api', [...connections, ...answers], Math.round(count * 0.85)),
  ...made('leaks-idp', 'gateway→idp', [...connections, ...answers], Math.round(count * 0.13), 'fresh'),
  ...made('leaks-silence', 'gateway→api', silences, Math.round(count * 0.02)),
];

test('after 1,000 scenarios with broken connections, sockets, timers and listeners are as many as before', async () => {
  const warnings: string[] = [];
  const warned = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`);
  process.on('warning', warned);
  onTestFinished(() => void process.off('warning', warned));
  const { signal } = new AbortController();
  const run = (count: number) => runOn([reference], scenariosOf(count), { pool: 8, signal });

  // What is loaded or kept for good by the first ones.
  await run(60);
  const before = await settled(() => census(signal));
  const ran = await run(1000);
  expect(ran.verdicts.size).toBe(1000);
  const met = new Set(ran.of('entry').flatMap(({ entry }) => (entry.kind === 'fault-met' ? [entry.fault] : [])));
  const all = [...connections, ...answers, ...silences].map(({ id }) => id);
  expect(all.filter((id) => !met.has(id))).toEqual([]);
  expect(await settled(() => census(signal))).toEqual(before);
  expect(warnings).toEqual([]);
}, 300_000);
