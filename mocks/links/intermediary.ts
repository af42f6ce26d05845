import type { Headers, HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import { wholly } from './collect.ts';
import type { Failure } from './failure.ts';
import type { FarEnd, Flow, Sink } from './far-end.ts';

type RequestHead = Omit<HttpRequest, 'body'>;

/** What stands between the faults of a link and the server behind it, and changes what passes. */
export interface Intermediary {
  request<Head extends RequestHead>(request: Head): Head;
  /** Whether the body of such an answer is looked into; others stream by. */
  opens(answer: { readonly status: number; readonly headers: Headers }, request: RequestHead): boolean;
  /** Of an answer that is not opened, the body is empty here, and only the fields count. */
  answer(answer: HttpAnswer, request: RequestHead): HttpAnswer;
  /** What to answer for a server that did not, in place of failing in the same way. */
  failed(failure: Failure): HttpAnswer | undefined;
}

export function behind(far: FarEnd, intermediary: Intermediary): FarEnd {
  const { request, answer, failed } = intermediary;
  return {
    async ask(asked, signal, marks) {
      const result = await far.ask(request(asked), signal, marks);
      if (!result.failure) return { ...result, answer: answer(result.answer, asked) };
      const instead = result.answer || signal.aborted ? undefined : failed(result.failure);
      return instead ? { answer: instead, overcome: result.failure.errors } : result;
    },
    ...(far.relay && {
      relay(passing, sink, signal, marks) {
        far.relay?.(request(passing), changing(sink, passing, intermediary, signal), signal, marks);
      },
    }),
    close: far.close,
  };
}

function changing(
  sink: Sink,
  passing: RequestHead,
  { opens, answer, failed }: Intermediary,
  signal: AbortSignal,
): Sink {
  let into = sink;
  let begun = false;

  function said({ status, headers, body }: HttpAnswer, flow: Flow): void {
    sink.head(status, headers, flow);
    if (body.byteLength > 0) sink.data(body);
  }

  return {
    interim: (status, headers) => sink.interim?.(status, headers),
    head(status, headers, flow) {
      begun = true;
      if (passing.method === 'HEAD' || !opens({ status, headers }, passing))
        return sink.head(status, answer({ status, headers, body: nothing }, passing).headers, flow);
      into = wholly(
        ({ answer: came, failure }) => {
          if (came) said(failure ? came : answer(came, passing), flow);
          if (failure) sink.failed(failure);
          else sink.end([]);
        },
        (problem) => sink.impossible(problem as Error),
      );
      into.head(status, headers, flow);
    },
    data: (chunk) => into.data(chunk),
    end: (trailers) => into.end(trailers),
    failed(failure) {
      const instead = begun || signal.aborted ? undefined : failed(failure);
      if (!instead) return into.failed(failure);
      sink.overcome?.(failure.errors);
      said(instead, atOnce);
      sink.end([]);
    },
    upgraded: (status, headers, other) => sink.upgraded?.(status, headers, other),
    impossible: sink.impossible,
  };
}

const nothing = new Uint8Array();
const atOnce: Flow = { pause: () => undefined, resume: () => undefined, abort: () => undefined };
