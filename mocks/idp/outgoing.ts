import type { Headers } from '../../harness/model/http.ts';

/** A request that the IdP itself makes: a logout token, a ping, a document of a client. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Makes it. Rejects when no answer comes, in finite time; follows no redirection. */
export type Call = (request: OutgoingRequest) => Promise<{ readonly status: number; readonly body: Uint8Array }>;
