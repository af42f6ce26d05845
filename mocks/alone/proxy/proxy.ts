import { FailwellError } from '../../../harness/model/error.ts';
import type { AnyFault, Random } from '../../../harness/model/fault.ts';
import type { SeenExchange } from '../../links/exchange.ts';
import type { KeyAndCertificate } from '../../pki/issued.ts';
import { addressOf, cannotListen, inUrl, isLoopback, isWildcard } from '../address.ts';
import { checkCertificate, type ServerAuthority, serverAuthority, serverCertificate } from '../certificate.ts';
import { createHistory, type History } from '../history.ts';
import type { Clear, Standing } from '../standing.ts';
import { createEndpoints, type Endpoints } from './endpoints.ts';
import { openFront } from './front.ts';
import { forFarEnd, forwarded, fromFarEnd, isOpen, type Rewriting } from './rewrite.ts';
import { originOf } from './target.ts';
import { trustIn } from './trust.ts';
import { openWire, type Wire } from './wire.ts';
import { createWires, isWireFault, type ProxyPlaceOptions, type Wires } from './wires.ts';

export interface ProxyOptions {
  /** The server that it stands in front of; a path says where an issuer is. Absent: a forward proxy, to any server. */
  readonly to?: string;
  /** Where to listen: a name or an address of this machine. Default `localhost`, which is 127.0.0.1. */
  readonly host?: string;
  /** Default 0: one that the system chooses. */
  readonly port?: number;
  /** With `to`, HTTPS: with this certificate (PEM), or with one of the proxy's authority. Default: as `to` is. */
  readonly tls?: boolean | KeyAndCertificate;
  /** A folder that keeps the authority, so that it need be trusted only once; made when it is not there. */
  readonly authority?: string;
  /** A file of authorities (PEM) to trust at the far end, besides those that Node and this machine trust. */
  readonly ca?: string;
  /** Takes any certificate of the far end. */
  readonly insecureUpstream?: boolean;
  /** With `to`, what of the far end's URL is written anew in answers. Default `endpoints`. */
  readonly rewrite?: Rewriting;
  /** With `to`, the far end gets `Host` as it came, and `X-Forwarded-Host` and `-Proto`. */
  readonly keepHost?: boolean;
  /** Without `to`, the hosts (`*.example` for all below) whose connections are opened up; others pass untouched. */
  readonly only?: readonly string[];
  /** Without `to`, lets others than this machine use it. */
  readonly openProxy?: boolean;
  random(path: string): Random;
  /** Told of each exchange and of the origin that it was for, besides the history. */
  observe?(origin: string, seen: SeenExchange): void;
}

/** A link by itself. */
export interface OpenProxy extends AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** What its clients must trust; absent where it shows no certificate of its authority. */
  readonly ca?: ServerAuthority['ca'];
  /** What it is served with; plain when absent. */
  readonly tls?: KeyAndCertificate;
  readonly history: History;
  readonly endpoints: Endpoints;
  place(fault: AnyFault, options?: ProxyPlaceOptions): Promise<Clear>;
  readonly faults: Standing<ProxyPlaceOptions>['list'];
  clearFaults(): Promise<void>;
}

/** What both kinds are made of. */
interface Parts extends Pick<ProxyOptions, 'to' | 'only'> {
  readonly host: string;
  readonly port: number;
  readonly history: History;
  readonly endpoints: Endpoints;
  open(origin: string, more: Partial<Parameters<typeof openWire>[0]>): Promise<Wire>;
  random(path: string): Random;
}

/** Listens. Rejects with a `FailwellError` (`usage`) where it cannot, or should not. */
export async function openProxy(options: ProxyOptions): Promise<OpenProxy> {
  const { to, host = 'localhost', port = 0, random, observe } = options;
  check(options, host);
  const history = createHistory(() => Date.now());
  const endpoints = createEndpoints();
  const trust = await trustIn(options.ca, options.insecureUpstream ?? false);
  const open: Parts['open'] = (origin, more) =>
    openWire({
      origin,
      trust,
      endpoints,
      observe(seen) {
        history.add(origin, seen);
        observe?.(origin, seen);
      },
      ...more,
    });
  const parts = { host, port, history, endpoints, random, open };
  return to === undefined ? forward(parts, options) : reverse(parts, await originOf(to), options);
}

function check({ to, only, openProxy: open, tls, rewrite, keepHost }: ProxyOptions, host: string): void {
  const refuse = (sentence: string) => new FailwellError('usage', sentence);
  if (to !== undefined) {
    if (only) throw refuse('With a target there is but one host: leave out the hosts to open up (--only).');
    if (keepHost && rewrite !== undefined && rewrite !== 'none')
      throw refuse('A far end that gets Host as it came calls itself so: leave out --rewrite or --keep-host.');
    return;
  }
  const odd = only?.find((name) => !/^(?:\*\.)?[\w-]+(?:\.[\w-]+)*$|^\[?[0-9a-f:.]+\]?$/i.test(name));
  if (odd !== undefined)
    throw refuse(
      `'${odd}' is no host: write idp.example, or *.idp.example for all below it, without scheme and port (--only).`,
    );
  if (tls) throw refuse('A forward proxy is spoken to in plain HTTP, and TLS goes through it: leave out --tls.');
  if (rewrite !== undefined || keepHost)
    throw refuse('Through a forward proxy every host keeps its name: leave out --rewrite and --keep-host.');
  if (!isLoopback(host) && !open)
    throw refuse(
      `On ${host} others could use this forward proxy to hide behind this machine: keep it on localhost, or say --open-proxy.`,
    );
}

async function reverse(
  { host, port, history, endpoints, random, open }: Parts,
  { origin, path }: { readonly origin: string; readonly path: string },
  options: ProxyOptions,
): Promise<OpenProxy> {
  await using opening = new AsyncDisposableStack();
  const { keepHost = false, rewrite = keepHost ? 'none' : 'endpoints' } = options;
  const named = isWildcard(host) ? [] : [host];
  const { tls: wanted = origin.startsWith('https:') } = options;
  const own = wanted === true ? opening.use(await serverCertificate(named, options.authority)) : undefined;
  const tls = own?.tls ?? (typeof wanted === 'object' ? checkCertificate(wanted) : undefined);
  const scheme = tls ? 'https' : 'http';
  let url = '';
  const between = (headers: readonly (readonly [string, string])[]) => {
    const asked = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '';
    const byName = `${scheme}://${asked}`;
    return { far: origin, own: URL.canParse(byName) ? new URL(byName).origin : url };
  };
  const listen = () =>
    open(origin, {
      host: addressOf(host),
      port,
      tls: tls && { ...tls, ...(own && { authority: own.authority }) },
      changes: {
        request: (request) =>
          keepHost ? forwarded(request, scheme) : forFarEnd(request, between(request.headers), rewrite),
        opens: (answer) => isOpen(answer, rewrite),
        answer: (answer, request) => fromFarEnd(answer, between(request.headers), rewrite),
      },
    }).catch((problem) => {
      throw cannotListen('The proxy', host, port, problem);
    });
  const wires = opening.use(createWires(listen, random));
  const wire = await wires.to(origin);
  const { port: got } = new URL(wire.url);
  url = new URL(`${scheme}://${isWildcard(host) ? 'localhost' : inUrl(host)}:${got || port}`).origin;
  let discovered: Promise<void> | undefined;
  const cleanup = opening.move();
  return {
    url: url + path,
    ...(own && { ca: own.ca }),
    ...(tls && { tls }),
    history,
    endpoints,
    ...placing(wires, async (fault, { at }) => {
      if (fault.seam === 'link/handshake' && !tls)
        throw new FailwellError(
          'usage',
          `${fault.id} breaks TLS, and this proxy serves plain HTTP: start it with --tls.`,
        );
      if (at === undefined) return;
      discovered ??= wire.discover(path);
      await discovered;
    }),
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

async function forward(
  { host, port, history, endpoints, random, open }: Parts,
  options: ProxyOptions,
): Promise<OpenProxy> {
  await using opening = new AsyncDisposableStack();
  const { authority, ca } = opening.use(await serverAuthority(options.authority));
  const wires = opening.use(
    createWires(async (origin) => {
      const { protocol, hostname } = new URL(origin);
      const hosts = [hostname.replaceAll(/[[\]]/g, '')];
      return open(origin, {
        ...(protocol === 'https:' && { tls: { ...(await authority.issue({ hosts })), authority } }),
      });
    }, random),
  );
  const only = options.only?.map((name) => name.toLowerCase().replaceAll(/[[\]]/g, ''));
  const intercepts = (name: string) => {
    const hostname = name.replaceAll(/[[\]]/g, '');
    return only?.some((one) => one === hostname || (one.startsWith('*.') && hostname.endsWith(one.slice(1)))) ?? true;
  };
  const front = await openFront({ host: addressOf(host), port, wires, intercepts }).catch((problem) => {
    throw cannotListen('The proxy', host, port, problem);
  });
  opening.use(front);
  const cleanup = opening.move();
  return {
    url: `http://${isWildcard(host) ? 'localhost' : inUrl(host)}:${front.port}`,
    ca,
    history,
    endpoints,
    ...placing(wires),
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

/** @param before checks what is to be placed, and makes ready for it */
function placing(wires: Wires, before?: (fault: AnyFault, options: ProxyPlaceOptions) => Promise<void>) {
  const { faults } = wires;
  return {
    async place(fault: AnyFault, options: ProxyPlaceOptions = {}) {
      if (isWireFault(fault)) await before?.(fault, options);
      return faults.place(fault, options);
    },
    faults: faults.list,
    clearFaults: faults.clear,
  };
}
