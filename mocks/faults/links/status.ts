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
  /** `Retry-After` (RFC 9110 §10.2.3): seconds, or text as it stands; `null` leaves it out. */
  readonly retryAfter?: number | string | null;
  /** Says those seconds as a date. Default false. */
  readonly asDate?: boolean;
  readonly cause?: CauseId;
}

/** 429 (RFC 6585 §4) with a JSON error; by default with `Retry-After: 1`. */
export function rateLimited({ retryAfter = 1, ...limit }: Limit = {}): AnswerFault {
  const names = { usual: 'rate-limited', silent: 'rate-limited-no-hint' };
  return turningAway(429, 'Too Many Requests', 'rate_limited', names, { ...limit, retryAfter });
}

/** 503 (RFC 9110 §15.6.4) with a JSON error; by default without `Retry-After`. */
export function unavailable({ retryAfter = null, ...limit }: Limit = {}): AnswerFault {
  const names = { usual: 'unavailable-for-now', silent: 'unavailable' };
  return turningAway(503, 'Service Unavailable', 'temporarily_unavailable', names, { ...limit, retryAfter });
}

function turningAway(
  code: number,
  reason: string,
  error: string,
  names: { readonly usual: string; readonly silent: string },
  { retryAfter = null, asDate = false, cause = 'idp/rate-limit' }: Limit,
): AnswerFault {
  const hint =
    retryAfter === null ? 'without Retry-After' : `with Retry-After: ${retryAfter}${asDate ? ' as a date' : ''}`;
  return {
    id: `http/${retryAfter === null ? names.silent : `${names.usual}${kindOf(retryAfter, asDate)}`}`,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `${code} ${reason} ${hint}`,
    apply(answer): PlannedAnswer {
      const refusal = withBody({ ...answer, status: code }, JSON.stringify({ error }), 'application/json');
      if (retryAfter === null) return refusal;
      const after = asDate ? new Date(answer.at + Number(retryAfter) * 1000).toUTCString() : String(retryAfter);
      return { ...refusal, headers: withField(refusal.headers, 'Retry-After', after) };
    },
  };
}

/** More than a day is absurd; what is no number of seconds is garbage. */
function kindOf(retryAfter: number | string, asDate: boolean): string {
  if (asDate) return '-date';
  if (typeof retryAfter === 'string' || !Number.isInteger(retryAfter) || retryAfter < 0) return '-garbage';
  return retryAfter > 86_400 ? '-absurd' : '';
}
