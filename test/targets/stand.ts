import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../harness/drivers/free-port.ts';
import type { GatewayWiring, Instance, Target } from '../../harness/model/target.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';

type Json = Record<string, unknown>;

/** What makes a token of the stand bad; what is absent is right. */
export interface Flaw {
  readonly header?: Json;
  readonly payload?: Json;
  /** Last word on the serialised token. */
  readonly text?: (token: string) => string;
}

const encode = (value: Json | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');

/** A tiny issuer and API over TLS, and the wiring that leads a gateway to them: enough to try a target by hand. */
export async function openStand() {
  const clock = { now: () => Date.now() };
  const authority = await createAuthority({ clock });
  const leaf = await authority.issue({ hosts: ['127.0.0.1'] });
  const folder = await mkdtemp(join(tmpdir(), 'failwell-stand-'));
  const file = join(folder, 'ca.pem');
  await writeFile(file, authority.caPem);

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwks = {
    keys: [
      { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa-1', alg: 'RS256', use: 'sig' },
      { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec-1', alg: 'ES256', use: 'sig' },
    ],
  };

  const served: string[] = [];
  let issuer = '';
  const idp = createServer(leaf, (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/tenant/.well-known/openid-configuration') {
      const algs = ['RS256', 'ES256'];
      const metadata = { issuer, jwks_uri: `${issuer}/jwks`, id_token_signing_alg_values_supported: algs };
      response.end(JSON.stringify(metadata));
    } else if (request.url === '/tenant/jwks') response.end(JSON.stringify(jwks));
    else response.writeHead(404).end('{}');
  });
  const api = createServer(leaf, (request, response) => {
    served.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end('{"hello":"world"}');
  });
  const servers = [idp, api];
  const [idpPort, apiPort] = await Promise.all(servers.map(listen));
  issuer = `https://127.0.0.1:${idpPort}/tenant`;

  const wiring: GatewayWiring = {
    issuer,
    jwksUri: `${issuer}/jwks`,
    introspectionEndpoint: `${issuer}/introspect`,
    keyPem: '',
    audience: 'https://api.example.com',
    scope: 'items:read',
    clientId: 'gateway',
    clientSecret: 'not-used',
    api: `https://127.0.0.1:${apiPort}`,
    ca: { pem: authority.caPem, file },
    tls: leaf,
    host: '127.0.0.1',
    port: 0,
    clock,
  };

  return {
    wiring,
    /** Paths that reached the API. */
    served,
    /** A token, signed by the published RSA key. */
    mint({ header, payload, text = (token) => token }: Flaw = {}): string {
      const now = Math.floor(Date.now() / 1000);
      const head = { alg: 'RS256', typ: 'at+jwt', kid: 'rsa-1', ...header };
      const claims = { iss: issuer, aud: wiring.audience, sub: 'alice', client_id: 'app', iat: now, exp: now + 300 };
      const body = { ...claims, jti: randomUUID(), scope: wiring.scope, ...payload };
      const input = `${encode(head)}.${encode(body)}`;
      const signature =
        head.alg === 'ES256'
          ? sign('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' })
          : sign('sha256', Buffer.from(input), rsa.privateKey);
      return text(`${input}.${encode(signature)}`);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map(close));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a target and keeps what it prints. */
export async function startTarget(target: Target, wiring: GatewayWiring) {
  const lines: string[] = [];
  const signal = AbortSignal.timeout(10_000);
  const instance: Instance = await target.driver.start(wiring, { log: (_stream, line) => lines.push(line), signal });
  return { lines, url: instance.url, [Symbol.asyncDispose]: () => instance.stop() };
}

/** A URL on which nobody listens. */
export async function nowhere(): Promise<string> {
  return `https://127.0.0.1:${await freePort('127.0.0.1')}`;
}

/** The answer to a request, as its raw bytes were. */
export function send(url: string, headers: Record<string, string>, method = 'GET'): Promise<string> {
  const { hostname, port, pathname, search } = new URL(url);
  const fields = Object.entries({ host: `${hostname}:${port}`, connection: 'close', ...headers });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${method} ${pathname}${search} HTTP/1.1\r\n${head}\r\n`);
    });
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.once('error', reject).once('close', () => resolve(answer));
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
