import type { EntryOf, History, Occurrence } from '../model/history.ts';

/**
 * What a history shows of how the target dealt with a broken IdP, counted and measured: how often it came back to the
 * place that was broken, and how long it waited where it was asked to wait (RFC 9110 §10.2.3). One that did not come back
 * has waited for nobody knows how long.
 */
export function tallies(history: History): readonly Occurrence[] {
  const tried = triesAtIdp(history);
  if (tried.length === 0) return [];
  const byPath = [...Map.groupBy(tried, ({ exchange }) => pathOf(exchange)).values()];
  const most = Math.max(...byPath.map(({ length }) => length));
  return [{ kind: 'count', what: 'tries', count: most }, ...byPath.flatMap(waits)];
}

/** The requests of the stimulus that went into a fault at the IdP. */
function triesAtIdp(history: History): readonly EntryOf<'exchange'>[] {
  const begins = history.find((entry) => entry.kind === 'step-begun' && entry.phase === 'stimulus')?.seq;
  const ends = history.find(
    (entry) => entry.kind === 'fault-cleared' || (entry.kind === 'step-begun' && entry.phase === 'control-after'),
  )?.seq;
  if (begins === undefined) return [];
  return history.filter(
    (entry): entry is EntryOf<'exchange'> =>
      entry.kind === 'exchange' &&
      entry.seq > begins &&
      entry.seq < (ends ?? history.length) &&
      /^(?:client|gateway|browser)→idp$/u.test(entry.link) &&
      entry.exchange.faults.length > 0,
  );
}

/** How long it was until the next request to a place that asked for some seconds. */
function waits(exchanges: readonly EntryOf<'exchange'>[]): readonly Occurrence[] {
  return exchanges.flatMap(({ exchange }, index) => {
    const next = exchanges[index + 1]?.exchange;
    const asked = exchange.response?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1] ?? '';
    if (next === undefined || !/^\d{1,6}$/.test(asked)) return [];
    const what = `wait after Retry-After: ${asked}`;
    return [{ kind: 'measure', what, milliseconds: next.startedAt - exchange.endedAt } as const];
  });
}

const pathOf = ({ request }: EntryOf<'exchange'>['exchange']) => request?.path.split('?', 1)[0] ?? '';
