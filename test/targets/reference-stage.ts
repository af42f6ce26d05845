import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import type { Fault } from '../../harness/model/fault.ts';
import type { GatewayWiring } from '../../harness/model/target.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { createClock } from '../../mocks/clock/clock.ts';
import { draftToken, forge } from '../../mocks/forge/forge.ts';
import { foreignKey, signingKey } from '../../mocks/forge/keys.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { correct, type Parts } from '../../targets/reference/gateway/parts.ts';
import { startGateway } from '../../targets/reference/gateway/server.ts';
import { type Limits, limits } from '../../targets/reference/gateway/settings.ts';

/** What a server of the stage answers: an answer, or none. */
export type Reply =
  | { readonly status?: number; readonly headers?: { readonly [name: string]: string }; readonly body?: unknown }
  | 'hang'
  | 'reset';

type Handler = (request: {
  path: string;
  method: string;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}) => Reply;

interface Place {
  readonly url: string;
  readonly server: Server;
  readonly seen: { path: string; method: string; headers: NodeJS.Dict<string | string[]>; body: string }[];
  handle: Handler;
  down(): Promise<void>;
  up(credentials?: { key: string; cert: string }): Promise<void>;
  close(): Promise<void>;
}

const clock = createClock();
const authority = await createAuthority({ clock });
const tls = await authority.issue({ hosts: ['127.0.0.1'] });
export const otherTls = (options: object) => authority.issue({ hosts: ['127.0.0.1'], ...options });
const [rsa, ec, rotated, foreign] = await Promise.all([
  signingKey('RS256', 'rsa-1', 0),
  signingKey('ES256', 'ec-1', 0),
  signingKey('RS256', 'rsa-2', 1),
  foreignKey('foreign-1'),
]);
export const keys = { rsa, ec, rotated, foreign };

async function serve(handle: Handler): Promise<Place> {
  const server = createServer(tls, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const asked = { path: request.url ?? '/', method: request.method ?? 'GET', headers: request.headers, body };
    place.seen.push(asked);
    const reply = place.handle(asked);
    if (reply === 'hang') return;
    if (reply === 'reset') return void request.socket.destroy();
    const { status = 200, headers = {}, body: answer = {} } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const down = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const place: Place = {
    url: `https://127.0.0.1:${port}`,
    server,
    seen: [],
    handle,
    down,
    close: down,
    async up(credentials = tls) {
      server.setSecureContext(credentials);
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
  return place;
}

export interface Call {
  readonly token?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly path?: string;
  readonly method?: 'GET' | 'POST' | 'HEAD';
  readonly body?: string;
}

let calls = 0;

/** A gateway between an IdP and an API that can both be told what to answer. Closes with `await using`. */
export async function openStage(
  options: { parts?: Parts; limits?: Partial<Limits>; wiring?: Partial<GatewayWiring> } = {},
) {
  const published: SigningKey[] = [rsa, ec];
  const idp = await serve(({ path }) => {
    if (path === '/.well-known/openid-configuration') return { body: { issuer: idp.url, jwks_uri: `${idp.url}/jwks` } };
    if (path === '/jwks') return { body: { keys: published.map(({ publicJwk }) => publicJwk) } };
    return { body: { active: true, sub: 'user-1', scope: 'read', jti: 'o-1' } };
  });
  const api = await serve(({ path }) => ({ body: { served: path } }));
  const wiring: GatewayWiring = {
    issuer: idp.url,
    jwksUri: `${idp.url}/jwks`,
    introspectionEndpoint: `${idp.url}/introspect`,
    keyPem: '',
    audience: 'https://orders.failwell.test',
    scope: 'read',
    clientId: 'gateway',
    clientSecret: 's3cret-of-the-gateway',
    api: api.url,
    ca: { pem: authority.caPem, file: '' },
    tls,
    host: '127.0.0.1',
    port: 0,
    clock,
    ...options.wiring,
  };
  const logs: string[] = [];
  const io = { log: (_: string, line: string) => void logs.push(line), signal: new AbortController().signal };
  const parts = options.parts ?? correct;
  const instance = await startGateway(wiring, io, parts, { ...limits, ...options.limits });
  const agent = new Agent({ allowH2: false, connect: { ca: authority.caPem } });

  const token = (...flaws: readonly Fault<'access-token'>[]) => tokenBy(rsa, ...flaws);
  const tokenBy = (key: SigningKey, ...flaws: readonly Fault<'access-token'>[]) => {
    const random = {
      next: () => 0.5,
      int: (min: number) => min,
      pick: <T>([first]: readonly T[]) => first as T,
      hex: (bytes: number) => 'ab'.repeat(bytes),
    };
    const draft = draftToken({
      issuer: wiring.issuer,
      audience: wiring.audience,
      subject: 'user-1',
      scope: wiring.scope,
      clientId: 'shop',
      now: clock.now() / 1000,
      lifetime: 600,
      published: [key, ec],
      foreign,
      attackerUrl: 'https://127.0.0.1:1/jwks',
      random,
    });
    return forge(flaws.reduce((made, flaw) => flaw.apply(made, random), draft));
  };

  /** Calls the gateway; the log lines are those about this very call. */
  async function call({ token: bearer, headers = [], path, method = 'GET', body }: Call = {}) {
    const own = path ?? `/items/c${++calls}`;
    const flat = [...headers, ...(bearer === undefined ? [] : [['authorization', `Bearer ${bearer}`] as const])].flat();
    const answer = await agent.request({
      origin: instance.url,
      path: own,
      method,
      headers: flat,
      ...(body !== undefined && { body }),
    });
    const text = await answer.body.text();
    const [bare = ''] = own.split('?');
    return {
      status: answer.statusCode,
      challenge: answer.headers['www-authenticate'] as string | undefined,
      headers: answer.headers,
      text,
      log: logs.filter((line) => line.includes(`path=${bare} `)).join('\n'),
      reached: api.seen.some((request) => request.path === own),
    };
  }

  return {
    wiring,
    idp,
    api,
    logs,
    instance,
    published,
    token,
    tokenBy,
    call,
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      await instance.stop();
      await Promise.all([idp.close(), api.close()]);
    },
  };
}
