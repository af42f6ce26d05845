import type { Headers, HttpAnswer } from '../../harness/model/http.ts';
import { createCapture } from './capture.ts';
import type { Asked, Flow, Sink } from './far-end.ts';

/** An answer that is needed whole is cut when it is longer than this. Bytes. */
const longest = 8 * 1024 * 1024;

/** A sink that waits for the whole answer, within reason. */
export function wholly(resolve: (asked: Asked) => void, reject: (problem: unknown) => void): Sink {
  const capture = createCapture(longest);
  let head: { readonly status: number; readonly headers: Headers } | undefined;
  let flow: Flow | undefined;
  const answer = (): HttpAnswer | undefined => head && { ...head, body: capture.body() };
  return {
    head(status, headers, answering) {
      head = { status, headers };
      flow = answering;
    },
    data(chunk) {
      capture.add(chunk);
      const message = `the answer is longer than ${longest} bytes`;
      if (capture.bytes > longest) flow?.abort(Object.assign(new Error(message), { code: 'TOO_LONG' }));
    },
    end: () => resolve({ answer: answer() as HttpAnswer }),
    failed(failure) {
      const begun = answer();
      resolve(begun ? { answer: begun, failure } : { failure });
    },
    impossible: reject,
  };
}
