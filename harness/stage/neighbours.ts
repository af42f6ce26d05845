import { askedWrongly } from '../../mocks/dns/asked-wrongly.ts';
import { type NameServer, openNameServer, type SeenQuestion } from '../../mocks/dns/server.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import type { LinkOptions } from '../../mocks/links/link.ts';
import type { LinkTls } from '../../mocks/links/listener.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { tellingAt } from '../../mocks/pki/open-authority.ts';
import type { Link } from '../model/parties.ts';
import type { Place, Reach } from '../model/target.ts';
import { servedNames } from './surroundings.ts';

/** How the links that a target opens lie, and how it finds them. */
export interface Neighbours extends AsyncDisposable {
  /** Where such a link listens, and what the target calls its end. */
  placed(link: Link): Pick<LinkOptions, 'host' | 'knownAs' | 'tls'>;
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
  authority: Authority,
): Promise<Neighbours> {
  await using opening = new AsyncDisposableStack();
  if (reach?.close) opening.defer(() => reach.close?.());
  const at = reach?.names;
  const tell = (question: SeenQuestion) => {
    const seen = askedWrongly(question, question.link, 'near', now());
    if (seen) observe(seen);
  };
  const server = at && opening.use(await openNameServer({ ...at, names: [], now, observe: tell }));
  const away = reach && !reach.listen.startsWith('127.') ? opening.use(await served(reach, authority)) : undefined;
  const cleanup = opening.move();
  return {
    placed(link) {
      if (reach === undefined) return {};
      const party = link.slice(link.indexOf('→') + 1);
      const name = reach.hostOf(party);
      server?.know({ name, addresses: [reach.listen], link });
      return { host: reach.listen, knownAs: name, ...(away && { tls: away.tls }) };
    },
    names: server && { address: server.address, lookup: server.lookup },
    server,
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

/** Certificates for whoever does not reach loopback say where else to ask whether they are revoked. */
async function served(reach: Reach, of: Authority): Promise<AsyncDisposable & { readonly tls: LinkTls }> {
  // Where names are asked for, the address is known as such.
  const authority = await tellingAt(of, reach.listen, reach.names ? reach.listen : reach.hostOf('authority'));
  const tls = { ...(await authority.issue({ hosts: servedNames })), authority };
  return { tls, [Symbol.asyncDispose]: () => authority[Symbol.asyncDispose]() };
}
