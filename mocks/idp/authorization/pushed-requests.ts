import type { Random } from '../../../harness/model/fault.ts';
import type { Parameters } from '../../../harness/model/issuing.ts';
import { boundedMap } from '../bounded.ts';

/** An authorization request that its client pushed (RFC 9126). */
export interface PushedRequest {
  readonly clientId: string;
  readonly parameters: Parameters;
  /** It was a request object (RFC 9101). */
  readonly signed: boolean;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** The pushed requests of one issuer, at most 10,000; the oldest one is forgotten. */
export interface PushedRequests {
  /** Returns its `request_uri`. */
  add(request: PushedRequest): string;
  /** The request of this client, which is then spent (RFC 9126 §4). */
  take(requestUri: string, clientId: string, now: number): PushedRequest | undefined;
}

/** RFC 9126 §2.2. */
export const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:';

export function createPushedRequests(random: Random): PushedRequests {
  const requests = boundedMap<PushedRequest>();
  return {
    add(request) {
      const uri = requestUriPrefix + random.hex(32);
      requests.set(uri, request);
      return uri;
    },
    take(uri, clientId, now) {
      const request = requests.get(uri);
      if (request?.clientId !== clientId) return undefined;
      requests.delete(uri);
      return now < request.expires ? request : undefined;
    },
  };
}
