import { type NameServer, openNameServer, type SeenQuestion } from '../../mocks/dns/server.ts';
import { nextExchangeId, type SeenExchange, seenAt } from '../../mocks/links/exchange.ts';
import type { LinkOptions } from '../../mocks/links/link.ts';
import type { Link } from '../model/parties.ts';
import type { Place, Reach } from '../model/target.ts';

/** How the links that a target opens lie, and how it finds them. */
export interface Neighbours extends AsyncDisposable {
  /** Where such a link listens, and what the target calls its end. */
  placed(link: Link): Pick<LinkOptions, 'host' | 'knownAs'>;
  /** What the target is told, so that it can ask for the names. */
  readonly names: Place['names'];
  /** Breaks names; absent where the target knows them without asking. */
  readonly server: Pick<NameServer, 'place'> | undefined;
}

/**
 * @param reach how the target reaches the others; on 127.0.0.1, without names, when absent
 * @param observe told of each question that a fault has changed
 */
export async function openNeighbours(
  reach: Reach | undefined,
  observe: (seen: SeenExchange) => void,
  now: () => number,
): Promise<Neighbours> {
  const at = reach?.names;
  const server = at && (await openNameServer({ ...at, names: [], now, observe: (seen) => tell(seen, observe, now) }));
  return {
    placed(link) {
      if (reach === undefined) return {};
      const party = link.slice(link.indexOf('→') + 1);
      const name = reach.hostOf(party);
      server?.know({ name, addresses: [reach.listen], link });
      return { host: reach.listen, knownAs: name };
    },
    names: server && { address: server.address, lookup: server.lookup },
    server,
    async [Symbol.asyncDispose]() {
      await server?.[Symbol.asyncDispose]();
      await reach?.close?.();
    },
  };
}

/** A question that was answered wrongly is an exchange that never became HTTP. */
function tell(
  { link, name, type, askedAt, answer, faults }: SeenQuestion,
  observe: (seen: SeenExchange) => void,
  now: () => number,
): void {
  if (link === undefined || faults.length === 0) return;
  const found = answer?.addresses.join(', ') ?? '';
  const said = answer === undefined ? 'no answer' : found === '' ? answer.code : found;
  observe({
    id: nextExchangeId(),
    link,
    startedAt: askedAt,
    endedAt: now(),
    end: found === '' ? 'unresolved' : 'resolved',
    errors: seenAt('near', answer?.code ?? 'ETIMEDOUT', `${name} (${type}): ${said}`),
    faults,
  });
}
