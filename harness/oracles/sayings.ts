import type { CauseId } from '../model/cause.ts';
import type { Oracle } from '../model/scenario.ts';

type Looks = NonNullable<Oracle['looks']>;

/** What a good log line says, by cause. */
const lines: { readonly [cause: CauseId]: string } = {
  'gateway/plugin': 'request refused: the Authorization header is missing',
  'token/malformed': 'token refused: malformed JWT: 2 parts instead of 3',
  'token/expired': 'token refused: expired: exp 2026-11-23T09:00:00Z, now 2026-11-23T09:10:02Z',
  'token/audience': 'token refused: audience mismatch: expected "https://api.example", got "https://other.example"',
  'token/issuer': 'token refused: issuer mismatch: expected "https://idp.example", got "https://idp.example.evil"',
  'token/signature': 'token refused: signature verification failed (RS256, kid "2026-11")',
  'idp/signing-keys': 'token refused: no key matches kid "2026-12" in https://idp.example/jwks',
  'client/scope': 'token refused: insufficient scope: expected "items:read", got "items:list"',
  'gateway/introspection': 'introspection at https://idp.example/introspect failed: 503',
  'token/caching': 'token refused: introspection says active=false: the token was revoked',
  'idp/clock-skew': 'token refused: iat 2026-11-23T09:10:00Z lies ahead of now 2026-11-23T09:00:02Z: clock skew',
  'gateway/upstream': 'upstream http://api.internal:8080 refused the connection (ECONNREFUSED)',
  'idp/endpoints': 'discovery at https://idp.example/.well-known/openid-configuration failed: 404',
  'network/blocked': 'JWKS fetch failed: connect ECONNREFUSED 10.0.0.7:443',
  'network/intermittent': 'JWKS fetch from https://idp.example/jwks failed: connection reset (ECONNRESET)',
  'attack/sender-constraint':
    'request refused: DPoP proof invalid: htu "https://other.example/items", expected "https://api.example/items"',
};

/** What a log line that names the cause looks like, and one that does not. */
export function operatorLooks(cause: CauseId): Looks {
  return { good: lines[cause] ?? `a line that names ${cause}`, bad: 'GET /items 401 – unauthorized' };
}

/** What an answer that tells the caller the class says, where it is not that the token is invalid. */
const answersTo: { readonly [cause: CauseId]: string } = {
  'gateway/plugin': 'HTTP/1.1 400 Bad Request · WWW-Authenticate: Bearer error="invalid_request"',
  'client/scope': 'HTTP/1.1 403 Forbidden · WWW-Authenticate: Bearer error="insufficient_scope", scope="items:read"',
  'attack/sender-constraint': 'HTTP/1.1 401 Unauthorized · WWW-Authenticate: DPoP error="invalid_dpop_proof"',
};
const behind = /^(?:idp(?!\/clock-skew)|network|gateway\/upstream|gateway\/introspection)\b/;

/** What an answer that tells the caller the class looks like, and one that does not. */
export function callerLooks(cause: CauseId): Looks {
  const unavailable = `${answerLine(503)} · {"message":"the identity provider cannot be reached"}`;
  return {
    good: answersTo[cause] ?? (behind.test(cause) ? unavailable : answerLine(401, 'invalid_token')),
    bad: `${answerLine(500)} · oops`,
  };
}

const reasons: { readonly [status: number]: string } = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The head of an answer as text. */
export function answerLine(status: number, error?: string): string {
  const head = `HTTP/1.1 ${status} ${reasons[status] ?? ''}`.trim();
  return error === undefined ? head : `${head} · WWW-Authenticate: Bearer error="${error}"`;
}
