import type { RunEvent } from '../../harness/model/event.ts';
import type { Exchange, RecordedBody } from '../../harness/model/exchange.ts';
import type { Entry } from '../../harness/model/history.ts';
import { cut } from '../text.ts';
import { embeddedBytes } from './page.ts';

/** Entries of one scenario that are held until its verdict comes; a target in a retry storm makes many more. */
const most = 2_000;
const bodyLength = 4_000;
const lineLength = 2_000;

/** Holds the histories of the scenarios that are running, each bounded. */
export function openHistories() {
  const histories = new Map<string, { entries: Entry[]; left: number }>();
  const key = (at: { scenario: string; target: string }) => JSON.stringify([at.target, at.scenario]);
  return {
    add(event: Extract<RunEvent, { type: 'entry' }>): void {
      const history = histories.get(key(event)) ?? { entries: [], left: 0 };
      histories.set(key(event), history);
      if (history.entries.length < most) history.entries.push(shortened(event.entry));
      else history.left += 1;
    },
    /** Its entries, and how many more there were; they are forgotten here. */
    take(at: { scenario: string; target: string }): { readonly entries: readonly Entry[]; readonly left: number } {
      const history = histories.get(key(at));
      histories.delete(key(at));
      return history ?? { entries: [], left: 0 };
    },
  };
}

/**
 * As many entries as fit in so many bytes of embedded JSON, in their order: what the verdict rests on first, then
 * the stimulus, then what stands around it.
 */
export function fitting(
  entries: readonly Entry[],
  evidence: ReadonlySet<number>,
  bytes: number,
): { kept: readonly Entry[]; dropped: number } {
  const sizes = entries.map((entry) => embeddedBytes(entry) + 1);
  if (sizes.reduce((sum, size) => sum + size, 1) <= bytes) return { kept: entries, dropped: 0 };
  const judged = entries.findIndex((e) => e.kind === 'step-begun' && e.phase === 'stimulus');
  const after = entries.findIndex((e) => e.kind === 'step-begun' && e.phase === 'control-after');
  const rank = (entry: Entry, i: number) => {
    if (evidence.has(entry.seq) || entry.kind === 'step' || entry.kind === 'token' || entry.kind.startsWith('fault'))
      return 0;
    return judged >= 0 && i >= judged && (after < 0 || i < after) ? 1 : 2;
  };
  const ranked = entries
    .map((entry, i) => ({ entry, size: sizes[i]!, rank: rank(entry, i) }))
    .sort((a, b) => a.rank - b.rank || a.entry.seq - b.entry.seq);
  let left = bytes;
  const kept: Entry[] = [];
  for (const { entry, size } of ranked) {
    if (size > left) continue;
    left -= size;
    kept.push(entry);
  }
  return { kept: kept.sort((a, b) => a.seq - b.seq), dropped: entries.length - kept.length };
}

function shortened(entry: Entry): Entry {
  if (entry.kind === 'log') return { ...entry, line: cut(entry.line, lineLength) };
  if (entry.kind !== 'exchange') return entry;
  return { ...entry, exchange: shortenedExchange(entry.exchange) };
}

function shortenedExchange(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    ...(request && {
      request: {
        ...request,
        path: cut(request.path, lineLength),
        headers: fields(request.headers),
        body: body(request.body),
      },
    }),
    ...(response && { response: { ...response, headers: fields(response.headers), body: body(response.body) } }),
  };
}

function fields(headers: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return headers.slice(0, 60).map(([name, value]) => [cut(name, 200), cut(value, lineLength)]);
}

function body({ text, bytes, cut: already }: RecordedBody): RecordedBody {
  const short = cut(text, bodyLength);
  return { text: short, bytes, ...((already || short.length < text.length) && { cut: true }) };
}
