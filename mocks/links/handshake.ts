import { X509Certificate } from 'node:crypto';
import { DEFAULT_CIPHERS, type Server, type TlsOptions } from 'node:tls';
import type { ChainPlan, HandshakePlan } from '../../harness/model/tls.ts';
import { alertNamed } from './alert.ts';
import type { Board, Placement } from './board.ts';
import type { Connection } from './connection.ts';
import { resetOnPurpose } from './delivery.ts';
import { seenAt } from './exchange.ts';
import type { LinkTls } from './listener.ts';
import { resetSocket } from './reset.ts';
import type { Tell } from './tell.ts';

/** What a link does by itself. A fault on `chain` has it make one like this, but for the flaw. */
export const usualHandshake: HandshakePlan = {
  how: { go: 'usual' },
  chain: {
    root: 'trusted',
    intermediates: [],
    leaf: {
      valid: { from: -1, to: 30 },
      hash: 'SHA-256',
      names: 'own',
      usage: 'server',
      key: 'EC P-256',
      revoked: false,
    },
    shows: 'all',
  },
  versions: { min: 'TLSv1.2', max: 'TLSv1.3' },
  alpn: ['http/1.1'],
  demandsClientCertificate: false,
};

/** An authority that makes chains as flawed as it is told. */
export interface ChainIssuer {
  /** Its own certificate. */
  readonly caPem: string;
  /** PEM; `staple` is an OCSP response in DER. */
  issueChain(
    plan: ChainPlan,
    hosts: readonly string[],
  ): Promise<{ readonly key: string; readonly cert: string; readonly staple?: Uint8Array }>;
}

/** Takes a new connection over if a fault on the handshake acts on it, and tells whether it does. */
export type Handshake = (connection: Connection, createServer: (options: TlsOptions) => Server) => boolean;

/** @param tls what the link is served with when nothing is broken */
export function handshakes(options: {
  readonly tls: LinkTls;
  readonly board: Board;
  readonly tell: Tell;
  /** Whether a protocol is agreed on (RFC 7301): there is one for HTTP. */
  readonly alpn: boolean;
}): Handshake {
  const { tls, board, tell, alpn } = options;
  /** The last server that was made for a plan, as long as the faults behind it stand. */
  let last: { readonly plan: string; readonly server: Promise<Server>; readonly standing: AbortSignal } | undefined;

  function serverFor(plan: HandshakePlan, acted: readonly Placement[], create: (options: TlsOptions) => Server) {
    const key = JSON.stringify(plan);
    if (last?.plan !== key || last.standing.aborted) {
      const server = broken(plan, tls, alpn).then(({ staple, ...served }) => {
        const made = create(served);
        if (staple) made.on('OCSPRequest', (_certificate, _issuer, answer) => answer(null, Buffer.from(staple)));
        return made;
      });
      last = { plan: key, server, standing: AbortSignal.any(acted.map(({ cleared }) => cleared)) };
    }
    return last.server;
  }

  return (connection, createServer) => {
    const acted: Placement[] = [];
    const plan = board.change('link/handshake', usualHandshake, acted);
    if (acted.length === 0) return false;
    connection.acted = acted;
    if (plan.how.go !== 'usual') {
      misdone(plan.how, connection, tell);
      return true;
    }
    serverFor(plan, acted, createServer).then(
      (server) => server.emit('connection', connection.raw),
      (problem) => connection.raw.destroy(problem),
    );
    return true;
  };
}

async function broken(
  plan: HandshakePlan,
  tls: LinkTls,
  alpn: boolean,
): Promise<TlsOptions & { readonly staple?: Uint8Array }> {
  const { authority, key, cert, requestClientCertificates: asks } = tls;
  const flawed = plan.chain !== usualHandshake.chain;
  const shown = flawed && authority ? await authority.issueChain(plan.chain, hostsOf(cert)) : { key, cert };
  const demands = plan.demandsClientCertificate;
  const ca = asks?.ca ?? authority?.caPem;
  return {
    ...shown,
    minVersion: plan.versions.min,
    maxVersion: plan.versions.max,
    ...((alpn || plan.alpn !== usualHandshake.alpn) && { ALPNProtocols: [...plan.alpn] }),
    // What is too weak for OpenSSL must be shown all the same.
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
    ...((demands || asks) && { requestCert: true, rejectUnauthorized: demands, ...(ca !== undefined && { ca }) }),
  };
}

/** The names and addresses in the subjectAltName of a certificate; PEM. */
function hostsOf(cert: string): readonly string[] {
  const { subjectAltName = '' } = new X509Certificate(cert);
  return [...subjectAltName.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].map(([, host]) => host as string);
}

type Misdone = Exclude<HandshakePlan['how'], { go: 'usual' }>;

function misdone(how: Misdone, connection: Connection, tell: Tell): void {
  const { raw, startedAt, gone, acted } = connection;
  raw.once('end', () => raw.destroy());
  if (how.go === 'hang') {
    connection.told = true;
    raw.resume();
    AbortSignal.any([gone, ...acted.map(({ cleared }) => cleared)]).addEventListener('abort', () => {
      tell({ startedAt, end: 'hung', acted });
      raw.destroy();
    });
    return;
  }
  raw.once('data', () => {
    connection.told = true;
    if (how.go === 'reset') {
      tell({ startedAt, end: 'reset', errors: resetOnPurpose, acted });
      raw.write(begunServerHello, () => resetSocket(raw));
      return;
    }
    const message = how.go === 'alert' ? `the link sent the alert ${how.description}` : 'the link answered without TLS';
    const alert = how.go === 'alert' ? alertNamed(how.description) : undefined;
    tell({ startedAt, end: 'tls-failed', errors: seenAt('near', 'TLS_REFUSED', message, alert), acted });
    raw.end(how.go === 'alert' ? Buffer.from([...fatalAlert, how.description]) : badRequest);
  });
}

/** A record that promises a ServerHello of 118 bytes, and the first two of them (RFC 8446 §4, §5.1). */
const begunServerHello = Buffer.from('160303007a0200007603', 'hex');
/** A record with an alert (RFC 8446 §5.1, §6), up to its description. */
const fatalAlert = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02];
const badRequest = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
