import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { Headers, HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Saw } from './links-clients.ts';

/** What a far end says in which every fault finds something to change. */
export const document = {
  issuer: 'https://idp.example',
  jwks_uri: 'https://idp.example/jwks',
  authorization_endpoint: 'https://idp.example/authorize',
  token_endpoint: 'https://idp.example/token',
  userinfo_endpoint: 'https://idp.example/userinfo',
  end_session_endpoint: 'https://idp.example/logout',
  keys: [{ kid: 'one', kty: 'RSA' }],
  access_token: 'abc',
  token_type: 'Bearer',
  expires_in: 300,
  resource: 'https://api.example/items',
  authorization_servers: ['https://idp.example'],
  active: true,
};
export const right = JSON.stringify(document);
export const fields: Headers = [
  ['Content-Type', 'application/json'],
  ['Access-Control-Allow-Origin', 'https://app.example'],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Access-Control-Allow-Headers', 'authorization'],
  ['Access-Control-Allow-Methods', 'POST'],
  ['Set-Cookie', 'sid=1; Path=/; SameSite=Lax'],
  ['Cache-Control', 'no-store'],
  // As most servers send it.
  ['content-length', String(Buffer.byteLength(right))],
];
/** Fields of a request that only gets something, and of one that posts: name, value, name, value. */
export const asking = ['Authorization', 'Bearer t'];
export const posting = [
  ...[...asking, 'Content-Type', 'application/x-www-form-urlencoded', 'Cookie', 'sid=1'],
  ...['X-Forwarded-Host', 'app.example', 'X-Forwarded-Proto', 'https', 'X-Forwarded-For', '192.0.2.1'],
];
export const form = 'grant_type=client_credentials&scope=a+b';

/** What the client must see. A code is a pattern over undici's, Node's and curl's. */
export interface Expected {
  readonly end?: ExchangeEnd;
  /** Default 200. */
  readonly status?: number;
  /** How the client failed; absent: it must not fail. By client, where they differ; `null` is no failure. */
  readonly code?: RegExp | { readonly [client: string]: RegExp | null };
  readonly saw?: (saw: Saw, client: string) => void;
  /** What the far end was asked. */
  readonly far?: (request: HttpRequest) => void;
  /** What the link tells that it sent. */
  readonly told?: (answer: HttpAnswer) => void;
  /** Leaves the client with a dead connection, which it may try once more. */
  readonly stale?: true;
  /** At least so many milliseconds, by a monotonic clock. */
  readonly takes?: number;
}

/** What is to be seen of these faults. Tests run from it, and `links-coverage.test.ts` counts what they show. */
export interface Table {
  readonly faults: readonly AnyFault[];
  expectationOf(fault: AnyFault): Expected | undefined;
}

/** That a client was shown what a fault does. */
export interface Proof {
  readonly fault: string;
  readonly by: string;
}

/** What the tests of a table show: a row counts for a client where it says how this one failed, or what it got. */
export function proofs({ faults, expectationOf }: Table, clients: readonly string[]): readonly Proof[] {
  return faults.flatMap((fault) => {
    const row = expectationOf(fault);
    const shown = (client: string) =>
      row !== undefined &&
      (row.code instanceof RegExp ||
        row.code?.[client] !== undefined ||
        [row.status, row.saw, row.far, row.takes].some((says) => says !== undefined));
    return clients.filter(shown).map((by) => ({ fault: fault.id, by }));
  });
}

export const text = (saw: Saw) => String(saw.body);
/** Every value of a field, as the client lists them. */
export const values = (headers: Headers, name: string) =>
  headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
