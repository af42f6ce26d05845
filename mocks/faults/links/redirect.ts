import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import { withBody, withField } from './answer.ts';

interface RedirectOptions {
  /** Default 302; 307 and 308 keep the method (RFC 9110 §15.4). */
  readonly status?: 301 | 302 | 303 | 307 | 308;
  readonly cause?: CauseId;
}

/** A redirect to another place, by default one that never resolves (RFC 6761 §6.4). */
export function redirectsElsewhere({
  location = 'https://idp.elsewhere.invalid/',
  status = 302,
  cause = 'idp/endpoints',
}: RedirectOptions & { readonly location?: string } = {}): Fault<'link/answer'> {
  return redirect('http/redirect-elsewhere', `a redirect to ${location}`, cause, status, location);
}

/** A redirect to the very same path, for ever: a reference of a query alone keeps the path (RFC 3986 §5.2.2). */
export function redirectLoop({ status = 302, cause = 'idp/endpoints' }: RedirectOptions = {}): Fault<'link/answer'> {
  return redirect('http/redirect-loop', 'a redirect to the same path, for ever', cause, status, '?again');
}

function redirect(id: string, what: string, cause: CauseId, status: number, location: string): Fault<'link/answer'> {
  return {
    id,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `${what} (${status}) instead of the answer`,
    apply: (answer) => {
      const moved = withBody({ ...answer, status }, '');
      return { ...moved, headers: withField(moved.headers, 'Location', location) };
    },
  };
}
