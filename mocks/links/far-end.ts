import type { LookupFunction } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import type { Headers, HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import { seenAt, type WireErrors } from './exchange.ts';
import { type Failure, late } from './failure.ts';
import type { Intermediary } from './intermediary.ts';
import type { Marks } from './timing.ts';

/** A mock in this process, or a real server. */
export type HttpOrigin = { readonly handle: Handle } | ServerOrigin;

export interface ServerOrigin {
  /** A path in it is put before every request's path. */
  readonly url: string;
  /** The authorities to trust, PEM; those that Node trusts when absent. */
  readonly ca?: string | readonly string[];
  /** Whatever certificate it shows is good enough. */
  readonly trustsAnybody?: true;
  /** In place of `dns.lookup`. */
  readonly lookup?: LookupFunction;
  readonly intermediary?: Intermediary;
}

/** What came of asking the far end. A failure carries as much of an answer as had come, if its head had. */
export type Asked =
  | {
      readonly answer: HttpAnswer;
      readonly faults?: readonly string[];
      readonly failure?: undefined;
      /** What went wrong, where the answer is in place of one that failed. */
      readonly overcome?: WireErrors;
    }
  | { readonly answer?: HttpAnswer; readonly faults?: undefined; readonly failure: Failure };

/** A request whose body may still be on its way. */
export interface Passing extends Omit<HttpRequest, 'body'> {
  readonly body: Uint8Array | Readable | null;
  /** The protocol that it asks to change to (RFC 9110 §7.8). */
  readonly upgrade?: string;
  /** Told of each piece of the body that has gone out. */
  sent?(chunk: Uint8Array): void;
}

/** Holds an answer up, or breaks it off. */
export interface Flow {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

/** What an answer goes into as it comes; one of the last four ends it. None may throw. */
export interface Sink {
  /** An interim answer (RFC 9110 §15.2). */
  interim?(status: number, headers: Headers): void;
  head(status: number, headers: Headers, flow: Flow): void;
  data(chunk: Uint8Array): void;
  end(trailers: Headers): void;
  /** From here on `far` speaks the protocol that was asked for. */
  upgraded?(status: number, headers: Headers, far: Duplex): void;
  failed(failure: Failure): void;
  /** It went wrong so, and what follows is in place of an answer. */
  overcome?(errors: WireErrors): void;
  /** No client could send such a request: a `FailwellError`. */
  impossible(problem: Error): void;
}

/** Hands the answer on as it comes. */
export type Relay = (passing: Passing, sink: Sink, signal: AbortSignal, marks: Marks) => void;

/** The far end of a link. `ask` rejects only with a `FailwellError`, for a request that no client could send. */
export interface FarEnd {
  ask(request: HttpRequest, signal: AbortSignal, marks: Marks): Promise<Asked>;
  /** Absent for mocks, which answer whole. */
  readonly relay?: Relay;
  close(): Promise<void>;
}

/** @param now monotonic milliseconds */
export async function farEnd(origin: HttpOrigin, now: () => number): Promise<FarEnd> {
  if ('handle' in origin) return mock(origin.handle, now);
  // Loaded on demand: it brings a client, which takes longer to load than an IdP to start.
  const { server } = await import('./server-end.ts');
  const far = server(origin, now);
  if (!origin.intermediary) return far;
  const { behind } = await import('./intermediary.ts');
  return behind(far, origin.intermediary);
}

type Handle = (request: HttpRequest) => Promise<HttpAnswer & { readonly faults?: readonly string[] }>;

function mock(handle: Handle, now: () => number): FarEnd {
  return {
    ask: (request, signal, marks) =>
      new Promise((resolve) => {
        marks.sending = now();
        marks.sent = marks.sending;
        function giveUp(): void {
          resolve({ failure: late(false, signal) });
        }
        if (signal.aborted) return giveUp();
        signal.addEventListener('abort', giveUp, { once: true });
        asked(handle, request).then((result) => {
          signal.removeEventListener('abort', giveUp);
          marks.answering = now();
          resolve(result);
        });
      }),
    async close() {},
  };
}

async function asked(handle: Handle, request: HttpRequest): Promise<Asked> {
  try {
    const answer = await handle(request);
    return answer.faults === undefined ? { answer } : { answer, faults: answer.faults };
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem);
    return { failure: { end: 'reset', errors: seenAt('far', 'MOCK_FAILED', message) } };
  }
}
