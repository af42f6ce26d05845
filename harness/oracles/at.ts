import type { Exchange } from '../model/exchange.ts';
import type { Entry, EntryOf, History } from '../model/history.ts';
import type { Party } from '../model/parties.ts';
import type { Oracle } from '../model/scenario.ts';
import type { StepOutcome } from '../model/step.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { entries, judgedStep } from './reading.ts';

type ExchangeEntry = EntryOf<'exchange'>;
type StepEntry = EntryOf<'step'>;

/** Chooses the request for which a hop is judged. */
type Which = (exchange: Exchange, history: History) => boolean;

/**
 * Asks an oracle of one hop of a chain. The hop answers for one request: the first that reached it while the judged
 * step ran, or the first of `which`. The oracle sees the hop's own lines, that request as a caller's, and what the hop
 * sent on until it had answered; nothing of the other hops. Without such a request the history does not tell.
 */
export function at(hop: Party, inner: Oracle, which: Which = anyRequest): PairableOracle {
  const id = [hop, inner.id, ...(which === anyRequest ? [] : [which.name])].join(', ');
  return oracle(
    `at(${id})`,
    (history, declared) => {
      const step = judgedStep(history);
      const asked = step && requestTo(hop, step, history, which);
      if (step !== undefined && asked !== undefined) return inner.judge(seenFrom(hop, step, asked, history), declared);
      if (step !== undefined && doesSteps(hop, history)) return inner.judge(whileAt(hop, step, history), declared);
      const { expected } = inner.judge([], declared);
      return { holds: 'unknown', observed: `no such request reached the ${hop}`, expected, evidence: [] };
    },
    inner.looks,
  );
}

/** Whether the hop itself does the steps: a client without pages, which nobody sends requests. */
function doesSteps(hop: Party, history: History): boolean {
  const links = entries(history, 'exchange').map(({ link }) => link);
  return links.some((link) => link.startsWith(`${hop}→`)) && !links.some((link) => link.endsWith(`→${hop}`));
}

/** The hop's own words, and what it sent while it did the step. */
function whileAt(hop: Party, step: StepEntry, history: History): History {
  const begun = entries(history, 'step-begun').find((entry) => entry.step === step.step)?.at ?? step.at;
  return history.flatMap((entry): Entry | readonly Entry[] => {
    if ('party' in entry && entry.party !== undefined) {
      const { party, ...own } = entry;
      return party === hop ? (own as Entry) : [];
    }
    if (entry.kind !== 'exchange') return entry;
    const { startedAt } = entry.exchange;
    return entry.link.startsWith(`${hop}→`) && startedAt >= begun && startedAt <= step.at ? entry : [];
  });
}

const anyRequest: Which = () => true;

/** The request that carries a token which an earlier step revoked. */
export function carriesRevoked({ request }: Exchange, history: History): boolean {
  const revoked = entries(history, 'step').flatMap(({ token }) => token ?? []);
  const sent = JSON.stringify(request ?? {});
  return revoked.some((marker) => sent.includes(marker));
}

function requestTo(hop: Party, step: StepEntry, history: History, which: Which): ExchangeEntry | undefined {
  const begun = entries(history, 'step-begun').find((entry) => entry.step === step.step)?.at ?? step.at;
  return entries(history, 'exchange')
    .filter(({ link }) => link.endsWith(`→${hop}`))
    .filter(({ exchange: { startedAt } }) => startedAt >= begun && startedAt <= step.at)
    .toSorted((a, b) => a.exchange.startedAt - b.exchange.startedAt)
    .find(({ exchange }) => which(exchange, history));
}

function seenFrom(hop: Party, step: StepEntry, asked: ExchangeEntry, history: History): History {
  const { startedAt, endedAt } = asked.exchange;
  const seen = (entry: Entry): Entry | undefined => {
    switch (entry.kind) {
      case 'log':
      case 'target':
      case 'page':
      case 'told': {
        const { party, ...own } = entry;
        return party === hop ? own : undefined;
      }
      case 'exchange': {
        const { link, exchange } = entry;
        const caused = { ...entry, exchange: { ...exchange, correlation: step.step } };
        if (entry === asked) return { ...caused, link: `caller→${hop}` };
        const within = exchange.startedAt >= startedAt && exchange.startedAt <= endedAt;
        return link.startsWith(`${hop}→`) && within ? caused : undefined;
      }
      case 'step':
        return entry === step ? { ...entry, ...outcomeOf(asked.exchange, entry) } : entry;
      default:
        return entry;
    }
  };
  return history.flatMap((entry) => seen(entry) ?? []);
}

/** What the request came to; of the one by which the step was done, whoever drives the chain knows it better. */
function outcomeOf(
  { correlation, response, end, startedAt, endedAt }: Exchange,
  { step, outcome, detail }: StepEntry,
): { outcome: StepOutcome; detail: string; took: number } {
  const took = endedAt - startedAt;
  if (correlation === step) return { outcome, detail, took };
  if (response === undefined) return { outcome: 'indeterminate', detail: end, took };
  const accepted = response.status >= 200 && response.status <= 299;
  return { outcome: accepted ? 'accepted' : 'refused', detail: String(response.status), took };
}
