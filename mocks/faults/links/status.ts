import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { PlannedAnswer } from '../../../harness/model/http.ts';
import { withBody, withField } from './answer.ts';

type AnswerFault = Fault<'link/answer'>;

/** Another status over the correct body, as a server answers whose front end fails after its back end did not. */
export function status(code: number, { cause = 'idp/token-issuance' }: { readonly cause?: CauseId } = {}): AnswerFault {
  return {
    id: `http/status-${code}`,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `the answer has status ${code} and the correct body`,
    apply: (answer) => ({ ...answer, status: code }),
  };
}

interface Limit {
  /** Seconds for `Retry-After` (RFC 9110 §10.2.3); `null` leaves it out. */
  readonly retryAfter?: number | null;
  readonly cause?: CauseId;
}

/** 429 (RFC 6585 §4) with a JSON error; by default with `Retry-After: 1`. */
export function rateLimited({ retryAfter = 1, cause = 'idp/rate-limit' }: Limit = {}): AnswerFault {
  return {
    id: retryAfter === null ? 'http/rate-limited-no-hint' : 'http/rate-limited',
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `429 Too Many Requests ${hint(retryAfter)}`,
    apply: (answer) => turnedAway(answer, 429, 'rate_limited', retryAfter),
  };
}

/** 503 (RFC 9110 §15.6.4) with a JSON error; by default without `Retry-After`. */
export function unavailable({ retryAfter = null, cause = 'idp/rate-limit' }: Limit = {}): AnswerFault {
  return {
    id: retryAfter === null ? 'http/unavailable' : 'http/unavailable-for-now',
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `503 Service Unavailable ${hint(retryAfter)}`,
    apply: (answer) => turnedAway(answer, 503, 'temporarily_unavailable', retryAfter),
  };
}

function hint(retryAfter: number | null): string {
  return retryAfter === null ? 'without Retry-After' : `with Retry-After: ${retryAfter}`;
}

function turnedAway(answer: PlannedAnswer, code: number, error: string, retryAfter: number | null): PlannedAnswer {
  const refusal = withBody({ ...answer, status: code }, JSON.stringify({ error }), 'application/json');
  if (retryAfter === null) return refusal;
  return { ...refusal, headers: withField(refusal.headers, 'Retry-After', String(retryAfter)) };
}
