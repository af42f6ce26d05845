import { writeFile } from 'node:fs/promises';
import { type Passed, trafficHar } from '../../reports/har/traffic.ts';
import { FailwellError } from '../model/error.ts';
import type { Exchange } from '../model/exchange.ts';
import type { EntryOf } from '../model/history.ts';
import type { Link } from '../model/parties.ts';
import { recordedExchange, type SeenExchange } from '../record/exchange.ts';
import { startHistory } from '../record/recorder.ts';
import { createSecrets } from '../record/secrets.ts';
import { learnFromWire } from '../record/wire.ts';
import { version } from '../version.ts';

/** What passes a proxy, on its way into a file. */
export interface Traffic {
  add(origin: string, seen: SeenExchange & { readonly link: Link }): void;
  /** Writes all that has passed so far as HAR 1.2. */
  write(): Promise<void>;
}

/** Exchanges, and characters of their bodies. */
const most = { exchanges: 20_000, characters: 200_000_000 };

/**
 * Rejects with a `FailwellError` (`usage`) for a file that cannot be written to.
 * @param keepSecrets writes tokens, secrets and cookies as they were sent
 */
export async function openTraffic(file: string, keepSecrets: boolean): Promise<Traffic> {
  const kept: { readonly origin: string; readonly link: Link; readonly exchange: Exchange }[] = [];
  let characters = 0;
  let left = 0;
  const began = Date.now() - performance.now();

  /** Redacts at the end: a secret that any exchange showed is hidden in all of them. */
  function passed(): Passed[] {
    const secrets = createSecrets();
    const recording = startHistory({ secrets, now: () => 0 });
    if (!keepSecrets) for (const { exchange } of kept) learnFromWire(secrets, exchange);
    return kept.map(({ origin, link, exchange }, seq) => {
      const entry = { kind: 'exchange', link, exchange } as const;
      return {
        origin,
        entry: keepSecrets ? { seq, at: 0, ...entry } : (recording.record(entry) as EntryOf<'exchange'>),
      };
    });
  }

  async function write(): Promise<void> {
    const har = trafficHar(passed(), { began, failwell: version(), left });
    // Half a surrogate pair is no UTF-8, which HAR must be.
    const text = JSON.stringify(har, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value), 2);
    try {
      // It may hold secrets, known or not.
      await writeFile(file, `${text}\n`, { mode: 0o600 });
    } catch (cause) {
      const why = (cause as Error).message;
      throw new FailwellError('usage', `${file} cannot be written (${why}): name another file (--har).`, { cause });
    }
  }

  await write();
  return {
    add(origin, seen) {
      const exchange = recordedExchange(seen, { began: 0 } as Parameters<typeof recordedExchange>[1]);
      characters += (exchange.request?.body.text.length ?? 0) + (exchange.response?.body.text.length ?? 0);
      if (kept.length < most.exchanges && characters < most.characters)
        kept.push({ origin, link: seen.link, exchange });
      else left += 1;
    },
    write,
  };
}
