import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';

/** A correct answer that no page of another origin may read (Fetch Standard, CORS protocol). */
export function withoutCors({ cause = 'network/cors' }: { readonly cause?: CauseId } = {}): Fault<'link/answer'> {
  return {
    id: 'http/cors-missing',
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: 'the answer has no Access-Control-Allow fields',
    apply: (answer) => {
      const headers = answer.headers.filter(([name]) => !/^access-control-/i.test(name));
      return headers.length === answer.headers.length ? answer : { ...answer, headers };
    },
  };
}
