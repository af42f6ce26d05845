import { type OpenLink, openLink } from '../../../mocks/links/link.ts';
import type { Instance } from '../../model/target.ts';
import type { Backstage } from '../cast.ts';

/** What an IdP keeps its state in, and the wire to it. */
export interface StoreBehind extends AsyncDisposable {
  readonly link: OpenLink;
  /** Where the IdP finds it. */
  readonly place: { readonly host: string; readonly port: number };
}

/** Starts the store that the target's driver has, if it has one, and opens the link `idp→store` to it. */
export async function storeFor(backstage: Backstage): Promise<StoreBehind | undefined> {
  const { target, surroundings, neighbours, book, signal, observe, now } = backstage;
  const { ca, tls, clock } = surroundings;
  const place = { ca, tls, host: '127.0.0.1', port: 0, clock };
  const party = 'store';
  const within = AbortSignal.any([signal, AbortSignal.timeout(startsWithin)]);
  const instance: Instance | undefined = await target.driver.store?.start(place, {
    signal: within,
    // What it says is its own, and nobody's that is judged.
    log: (stream, line) => book.record({ kind: 'log', stream, line, party }),
  });
  if (instance === undefined) return undefined;
  try {
    const { hostname, port } = new URL(instance.url);
    const link = await openLink({
      name: 'idp→store',
      listen: true,
      origin: { tcp: { host: hostname, port: Number(port) } },
      observe,
      now,
      ...neighbours.placed('idp→store'),
      // Databases agree on TLS in words of their own: what passes here is theirs.
      tls: undefined,
    });
    const near = new URL(link.url);
    return {
      link,
      place: { host: near.hostname, port: Number(near.port) },
      async [Symbol.asyncDispose]() {
        await link[Symbol.asyncDispose]();
        await instance.stop();
      },
    };
  } catch (error) {
    await instance.stop();
    throw error;
  }
}

/** Milliseconds. */
const startsWithin = 60_000;
