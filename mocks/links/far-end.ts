import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import { type Failure, late } from './failure.ts';

/** A mock in this process, or a real server. `ca` is PEM. A path in `url` is put before every request's path. */
export type Origin = { readonly handle: Handle } | { readonly url: string; readonly ca?: string };

/** What came of asking the far end. A failure carries as much of an answer as had come, if its head had. */
export type Asked =
  | { readonly answer: HttpAnswer; readonly faults?: readonly string[]; readonly failure?: undefined }
  | { readonly answer?: HttpAnswer; readonly faults?: undefined; readonly failure: Failure };

/** The far end of a link. `ask` rejects only with a `FailwellError`, for a request that no client could send. */
export interface FarEnd {
  ask(request: HttpRequest, signal: AbortSignal): Promise<Asked>;
  close(): Promise<void>;
}

export async function farEnd(origin: Origin): Promise<FarEnd> {
  if ('handle' in origin) return mock(origin.handle);
  // Loaded on demand: it brings a client, which takes longer to load than an IdP to start.
  const { server } = await import('./server-end.ts');
  return server(origin.url, origin.ca);
}

type Handle = (request: HttpRequest) => Promise<HttpAnswer & { readonly faults?: readonly string[] }>;

function mock(handle: Handle): FarEnd {
  return {
    ask: (request, signal) =>
      new Promise((resolve) => {
        function giveUp(): void {
          resolve({ failure: late(false) });
        }
        if (signal.aborted) return giveUp();
        signal.addEventListener('abort', giveUp, { once: true });
        asked(handle, request).then((result) => {
          signal.removeEventListener('abort', giveUp);
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
    return { failure: { end: 'reset', error: { side: 'far', code: 'MOCK_FAILED', message } } };
  }
}
