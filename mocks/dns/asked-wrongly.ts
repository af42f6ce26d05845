import type { Side } from '../../harness/model/exchange.ts';
import type { Link } from '../../harness/model/parties.ts';
import { nextExchangeId, type SeenExchange, seenAt } from '../links/exchange.ts';
import type { SeenQuestion } from './names.ts';

/**
 * A question that faults acted on, as an exchange that never became HTTP; nothing for others.
 * @param side of the link, at which it was asked
 * @param endedAt monotonic milliseconds
 */
export function askedWrongly(
  { name, type, askedAt, answer, faults }: SeenQuestion,
  link: Link | undefined,
  side: Side,
  endedAt: number,
): SeenExchange | undefined {
  if (link === undefined || faults.length === 0) return undefined;
  const found = answer?.addresses.join(', ') ?? '';
  const said = answer === undefined ? 'no answer' : found === '' ? answer.code : found;
  return {
    id: nextExchangeId(),
    link,
    startedAt: askedAt,
    endedAt,
    end: found === '' ? 'unresolved' : 'resolved',
    errors: seenAt(side, answer?.code ?? 'ETIMEDOUT', `${name} (${type}): ${said}`),
    faults,
  };
}
