import { FailwellError } from '../../model/error.ts';
import type { Backstage, Cast } from '../cast.ts';
import { castAround } from '../client/cast.ts';
import { openChainWires } from './wires.ts';

/**
 * A chain: a user in a browser → client → gateway → API, and the mock IdP beside both. It is driven through its client,
 * whose control is to log a user in and to reach the API.
 */
export async function chainCast(backstage: Backstage): Promise<Cast> {
  const { signal, target } = backstage;
  const { members, id } = target;
  if (members === undefined) throw new FailwellError('config', `${id} is a chain of nobody: make it with chainOf().`);
  const cast = await castAround(
    members.client,
    backstage,
    (options) =>
      openChainWires({
        ...options,
        members,
        signal,
        log: (stream, line) => backstage.book.record({ kind: 'log', stream, line, party: 'idp' }),
      }),
    'client',
  );
  const { clocks, wiring, names } = cast.wires;
  return {
    ...cast,
    names,
    clocks,
    secrets: () => [...cast.secrets(), ['gateway_secret', wiring.gateway.clientSecret]],
  };
}
