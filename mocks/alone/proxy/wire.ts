import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { FailwellError } from '../../../harness/model/error.ts';
import type { PlacedFault, Random } from '../../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { Link } from '../../../harness/model/parties.ts';
import { askedWrongly } from '../../dns/asked-wrongly.ts';
import { lookupIn } from '../../dns/lookup.ts';
import { createNames } from '../../dns/names.ts';
import type { SeenExchange } from '../../links/exchange.ts';
import { farEnd } from '../../links/far-end.ts';
import type { Intermediary } from '../../links/intermediary.ts';
import { type LinkOptions, openLink } from '../../links/link.ts';
import { type Endpoints, isDiscovery } from './endpoints.ts';
import type { Trust } from './trust.ts';

/** The name of every link of a proxy: what is at its ends is not known. */
export const link: Link = 'client→idp';

/** The wire to one origin. */
export interface Wire extends AsyncDisposable {
  readonly origin: string;
  /** Base URL of its near end. */
  readonly url: string;
  /** Whether its near end is spoken to in TLS. */
  readonly secure: boolean;
  /** Puts a fault here; the result clears it. Rejects with a `FailwellError` (`usage`) for one that cannot stand here. */
  place(placed: PlacedFault, random: Random): Promise<() => Promise<void>>;
  /** Has the IdP with this path (or none) tell where its endpoints are, as well as it can. */
  discover(path: string): Promise<void>;
  /** Why the name of the far end leads nowhere, if it does. */
  unresolved(): Promise<string | undefined>;
}

export interface WireOptions extends Pick<LinkOptions, 'tls' | 'host' | 'port'> {
  /** Scheme, host and port of the far end. */
  readonly origin: string;
  readonly trust: Trust;
  readonly endpoints: Endpoints;
  /** What a reverse proxy changes of requests and answers; nothing when absent. */
  readonly changes?: Omit<Intermediary, 'failed'>;
  observe(seen: SeenExchange): void;
}

export async function openWire(options: WireOptions): Promise<Wire> {
  const { origin, trust, endpoints, changes, observe, ...near } = options;
  const { hostname: bracketed, host } = new URL(origin);
  const hostname = bracketed.replaceAll(/[[\]]/g, '');
  const now = () => performance.now();
  const names = createNames({
    names: [{ name: hostname, addresses: () => addressesOf(hostname), link }],
    observe(question) {
      const seen = askedWrongly(question, link, 'far', now());
      if (seen) observe(seen);
    },
    now,
  });
  const opened = await openLink({
    ...near,
    name: link,
    listen: true,
    origin: {
      url: origin,
      ...trust,
      lookup: lookupIn(names),
      intermediary: {
        request(request) {
          const plain = isDiscovery(request.path) ? withoutCodings(request) : request;
          return changes?.request(plain) ?? plain;
        },
        opens: (answer, request) => isDiscovery(request.path) || (changes?.opens(answer, request) ?? false),
        answer(answer, request) {
          endpoints.learn(request.path, answer);
          return changes?.answer(answer, request) ?? answer;
        },
        failed: ({ end, errors }) =>
          end === 'refused' || end === 'tls-failed' ? badGateway(origin, errors.far?.message ?? end) : undefined,
      },
    },
    endpointOf: (path) => endpoints.at(origin, path),
    observe,
    now,
  });

  return {
    origin,
    url: opened.url,
    secure: options.tls !== undefined,
    async place(placed, random) {
      try {
        if (placed.fault.seam !== 'link/name') return await opened.place(placed, random);
        const clear = await names.place(placed, random);
        // Connections that are open have no need of a name.
        await opened.retarget(origin);
        return clear;
      } catch (problem) {
        if (!(problem instanceof FailwellError)) throw problem;
        const { message } = problem;
        throw new FailwellError('usage', `T${message.slice(1)}.`, { cause: problem });
      }
    },
    async discover(path) {
      const far = await farEnd({ url: origin, ...trust }, now);
      const headers = [
        ['Host', host],
        ['Accept', 'application/json'],
      ] as const;
      const signal = AbortSignal.timeout(patience);
      for (const place of [
        `${path}/.well-known/openid-configuration`,
        `/.well-known/oauth-authorization-server${path}`,
      ]) {
        const { answer } = await far.ask({ method: 'GET', path: place, headers, body: new Uint8Array() }, signal, {});
        if (answer) endpoints.learn(place, answer);
      }
      await far.close();
    },
    async unresolved() {
      if (isIP(hostname)) return undefined;
      const answer = await names.ask({ name: hostname, type: 'A and AAAA', over: 'lookup' });
      if (answer?.addresses.length) return undefined;
      return `the name ${hostname} does not resolve${answer && answer.code !== 'NOERROR' ? ` (${answer.code})` : ''}`;
    },
    async [Symbol.asyncDispose]() {
      await names.clear();
      await opened[Symbol.asyncDispose]();
    },
  };
}

/** A discovery is read on its way. */
const withoutCodings = <Head extends Pick<HttpRequest, 'headers'>>(request: Head): Head => ({
  ...request,
  headers: request.headers.filter(([name]) => name.toLowerCase() !== 'accept-encoding'),
});

/** Milliseconds for both documents of a discovery. */
const patience = 5_000;

const addressesOf = (hostname: string): Promise<readonly string[]> =>
  lookup(hostname, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  );

/** RFC 9110 §15.6.3. */
export function badGateway(origin: string, why: string): HttpAnswer {
  return {
    status: 502,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Via', '1.1 failwell'],
    ],
    body: Buffer.from(`failwell proxy: ${origin} cannot be reached: ${why}.\n`),
  };
}
