import { FailwellError } from '../../harness/model/error.ts';
import type { AnyFault, FaultId, PlacedFault, Random } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import { attackerHandler } from '../forge/attacker.ts';
import { type OpenLink, openLink } from '../links/link.ts';
import type { KeyAndCertificate } from '../pki/issued.ts';
import { addressOf, cannotListen, inUrl, isWildcard } from './address.ts';
import { callTo } from './call.ts';
import { checkCertificate, type ServerCertificate, serverCertificate } from './certificate.ts';
import { createHistory, type History } from './history.ts';
import { createTenants, type Tenants } from './tenants.ts';

export interface ServerOptions {
  /** Where to listen: a name or an address of this machine. Default `localhost`, which is 127.0.0.1. */
  readonly host?: string;
  /** Default 0: one that the system chooses. */
  readonly port?: number;
  /** What the default tenant is called by its clients, when that is not where it listens. */
  readonly issuer?: string;
  /** HTTPS: with this certificate (PEM), or with one of an authority of its own. */
  readonly tls?: boolean | KeyAndCertificate;
  /** Asks for client certificates (RFC 8705), which any client may decline. Only with `tls`. */
  readonly clientCertificates?: boolean;
  /** Hosts besides loopback to which it may make requests of its own: logout tokens, documents of clients. */
  readonly hosts?: readonly string[];
  /** Decides about all that is random, and about made-up users. */
  readonly seed: number;
  random(path: string): Random;
  faultNamed(id: FaultId): Promise<AnyFault>;
}

/** Issuers side by side on one port. */
export interface Server extends AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** With a certificate of its own authority: what its clients must trust. */
  readonly ca?: ServerCertificate['ca'];
  /** What it is served with; plain HTTP when absent. */
  readonly tls?: KeyAndCertificate;
  readonly tenants: Tenants;
  readonly history: History;
}

const link = 'client→idp';

/** Listens. Throws a `FailwellError` (`usage`) where it cannot. */
export async function openServer(options: ServerOptions): Promise<Server> {
  const { host = 'localhost', port = 0, seed, random, faultNamed, hosts = [], clientCertificates = false } = options;
  const base = baseOf(options.issuer);
  if (clientCertificates && !options.tls)
    throw new FailwellError(
      'usage',
      'Only a TLS handshake can bring client certificates: serve with TLS, too (--tls).',
    );
  await using opening = new AsyncDisposableStack();
  const named = [host, ...(base ? [new URL(base).hostname] : [])].filter((name) => !isWildcard(name));
  const own = options.tls === true ? opening.use(await serverCertificate(named)) : undefined;
  const tls = own?.tls ?? (typeof options.tls === 'object' ? checkCertificate(options.tls) : undefined);
  const history = createHistory(() => Date.now());
  // Nobody knows the port before the link listens, and no tenant its issuer before the port is known.
  let tenants: Tenants | undefined;
  const near = opening.use(
    await listening(host, port, {
      tls: tls && {
        ...tls,
        ...(own && { authority: own.authority }),
        ...(clientCertificates && { requestClientCertificates: {} }),
      },
      handle: (request) => answered(request, tenants as Tenants),
      endpointOf: (path) => tenants?.at(path)?.endpointOf(path) ?? 'other',
      observe: (seen) => history.add(tenants?.at(seen.request?.path ?? '')?.name ?? '', seen),
    }),
  );
  const { protocol, port: got } = new URL(near.url);
  // The origin leaves the usual ports out, as every client does that takes the issuer apart.
  const url = new URL(`${protocol}//${isWildcard(host) ? 'localhost' : inUrl(host)}:${got || port}`).origin;
  tenants = createTenants({
    base: base ?? url,
    link,
    seed,
    random,
    faultNamed,
    call: callTo(hosts),
    clientCertificates: tls !== undefined && clientCertificates,
    placeOnLink: (placed, by, within) => near.place(placed, by, concernsAll(placed, by) ? undefined : within),
  });
  const cleanup = opening.move();
  return {
    url,
    ...(own && { ca: own.ca }),
    ...(tls && { tls }),
    tenants,
    history,
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

async function answered(request: HttpRequest, tenants: Tenants): Promise<HttpAnswer & { faults?: readonly string[] }> {
  const attacked = tenants.attackerAt(request.path);
  return attacked ? attackerHandler(attacked.idp.foreign)(request) : tenants.at(request.path).idp.handle(request);
}

/** An issuer's URL without a trailing slash. Throws a `FailwellError` (`usage`) for what can be none. */
function baseOf(issuer: string | undefined): string | undefined {
  if (issuer === undefined) return undefined;
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === '')
    return issuer.replace(/\/+$/, '');
  throw new FailwellError('usage', `'${issuer}' is no issuer: write an http or https URL without query and fragment.`);
}

/** A closed port is closed for everybody, and a TLS handshake comes before any path. */
const concernsAll = ({ fault }: PlacedFault, random: Random) =>
  fault.seam === 'link/handshake' ||
  (fault.seam === 'link/connection' && fault.apply({ how: 'accept' }, random).how === 'refuse');

async function listening(
  host: string,
  port: number,
  {
    handle,
    ...options
  }: Pick<Parameters<typeof openLink>[0], 'observe' | 'tls'> & {
    handle(request: HttpRequest): Promise<HttpAnswer>;
    endpointOf(path: string): Endpoint;
  },
): Promise<OpenLink> {
  try {
    const where = { host: addressOf(host), port, now: () => performance.now() };
    return await openLink({ ...options, ...where, name: link, listen: true, origin: { handle } });
  } catch (problem) {
    throw cannotListen('The IdP', host, port, problem);
  }
}
