import type { EntryOf, Phase } from '../../harness/model/history.ts';
import type { Link } from '../../harness/model/parties.ts';
import { valuesOf } from './cookies.ts';
import { harEntry } from './entry.ts';
import { partiesOf } from './url.ts';

/** Of a history what a HAR is made of. */
export interface Kept {
  readonly exchanges: readonly EntryOf<'exchange'>[];
  readonly steps: readonly EntryOf<'step-begun' | 'step'>[];
  /** How many exchanges there were no room for. */
  readonly left: number;
}

/** What is said of the whole. */
interface Facts {
  readonly scenario: string;
  readonly target: string;
  /** When the history began, in milliseconds since 1970. */
  readonly began: number;
  /** Whether the record says so, or only when the run began. */
  readonly exact: boolean;
  readonly failwell: string;
  readonly seed: number;
  /** It holds the secrets of the run. */
  readonly secrets?: boolean;
  /** Absent when the run was cut off before it was judged. */
  readonly verdict?: string;
  readonly because?: string;
  /** The judged request as a curl line: it says where the harness itself connected to. */
  readonly curl?: string;
}

const phases: readonly Phase[] = ['control-before', 'stimulus', 'control-after'];

/** The history of one scenario on one target as HAR 1.2, a page for each of its phases. */
export function harOf({ exchanges, steps, left }: Kept, facts: Facts) {
  const { scenario, target, began, exact, failwell, seed, secrets, verdict, because, curl } = facts;
  const called = curl?.match(/'(https?:\/\/[^/'\s]+)[^']*'[^']*$/)?.[1];
  // What never became HTTP has no `Host`; others on the same link do.
  const hosts = new Map<Link, string>();
  for (const { link, exchange } of exchanges) {
    const [host] = valuesOf(exchange.request?.headers ?? [], 'host');
    if (host !== undefined && !hosts.has(link)) hosts.set(link, host);
  }
  const begun = steps.filter((step) => step.kind === 'step-begun');
  // By its step where the wire showed it, else by what was under way; what came before the first has no page.
  const phaseOf = ({ correlation, startedAt }: EntryOf<'exchange'>['exchange']) =>
    (begun.find(({ step }) => step === correlation) ?? begun.findLast(({ at }) => at <= startedAt))?.phase;
  return {
    log: {
      version: '1.2',
      creator: { name: 'failwell', version: failwell },
      pages: phases.flatMap((phase) => {
        const own = steps.filter((step) => step.phase === phase);
        const [first] = own;
        if (first === undefined) return [];
        const does = new Set(own.map((step) => step.does));
        return {
          startedDateTime: new Date(began + first.at).toISOString(),
          id: phase,
          title: `${phase}: ${[...does].slice(0, 5).join(', then ')}`,
          pageTimings: { onContentLoad: -1, onLoad: -1 },
        };
      }),
      entries: exchanges
        .toSorted((a, b) => a.exchange.startedAt - b.exchange.startedAt)
        .map((entry) => {
          const origin = partiesOf(entry.link).from === 'caller' ? called : undefined;
          return harEntry(entry, {
            began,
            pageref: phaseOf(entry.exchange),
            where: { link: entry.link, origin, host: hosts.get(entry.link) },
          });
        }),
      comment: [
        `${scenario} on ${target}: ${verdict === undefined ? 'cut off before it was judged' : `${verdict}, ${because}`}.`,
        ...(secrets ? ['UNREDACTED: this file holds the secrets of the run.'] : []),
        ...(exact ? [] : ['Dates are the beginning of the run plus the time since the scenario began.']),
        ...(left === 0 ? [] : [`${left} more exchanges are in the run's record.`]),
      ].join(' '),
      _scenario: scenario,
      _target: target,
      _seed: seed,
      ...(verdict !== undefined && { _verdict: verdict }),
    },
  };
}
