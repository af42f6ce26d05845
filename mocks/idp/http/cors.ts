import type { Headers, HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import { field } from './form.ts';

/** What pages of other origins may do (Fetch Standard §3.2); the application decides which endpoints they may call. */
export interface Cors {
  /** The answer to a preflight request; `undefined` for a request that is none. */
  preflight(request: HttpRequest): HttpAnswer | undefined;
  /** Lets a page read this answer. */
  readable(answer: HttpAnswer, request: HttpRequest): HttpAnswer;
}

/** Header fields of answers that a client needs: why it was refused, and the nonce of DPoP (RFC 9449 §8). */
const exposed = ['access-control-expose-headers', 'WWW-Authenticate, DPoP-Nonce'] as const;

const allowed: Headers = [
  ['access-control-allow-methods', 'GET, HEAD, POST, PUT, DELETE'],
  ['access-control-allow-headers', 'Authorization, Content-Type, Accept, DPoP'],
];

/**
 * Never with credentials: what these endpoints ask for is in the request itself, so no cookie decides anything.
 * @param origins those that are let in; all when absent
 */
export function createCors(origins?: readonly string[]): Cors {
  function permitted(request: HttpRequest): Headers {
    if (!origins) return [['access-control-allow-origin', '*']];
    const origin = field(request, 'origin');
    const vary = ['vary', 'Origin'] as const;
    return origin && origins.includes(origin) ? [['access-control-allow-origin', origin], vary] : [vary];
  }
  return {
    preflight(request) {
      if (request.method !== 'OPTIONS' || !field(request, 'access-control-request-method')) return undefined;
      return { status: 204, headers: [...permitted(request), ...allowed], body: new Uint8Array() };
    },
    readable(answer, request) {
      return { ...answer, headers: [...answer.headers, ...permitted(request), exposed] };
    },
  };
}
