import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import { withBody, withField, withoutField } from './answer.ts';

interface RedirectOptions {
  /** Default 302; 307 and 308 keep the method (RFC 9110 §15.4). */
  readonly status?: 301 | 302 | 303 | 307 | 308;
  readonly cause?: CauseId;
}

/** A redirect to another place, by default one that never resolves (RFC 6761 §6.4). */
export function redirectsElsewhere({
  location = 'https://idp.elsewhere.invalid/',
  ...options
}: RedirectOptions & { readonly location?: string } = {}): Fault<'link/answer'> {
  return redirect('redirect-elsewhere', `a redirect to ${location}`, location, options);
}

/** A redirect to the very same path, for ever: a reference of a query alone keeps the path (RFC 3986 §5.2.2). */
export function redirectLoop(options: RedirectOptions = {}): Fault<'link/answer'> {
  return redirect('redirect-loop', 'a redirect to the same path, for ever', '?again', options);
}

/** A redirect that does not say where to. */
export function redirectsNowhere(options: RedirectOptions = {}): Fault<'link/answer'> {
  return redirect('redirect-nowhere', 'a redirect without Location', undefined, options);
}

function redirect(
  variant: string,
  what: string,
  location: string | undefined,
  { status = 302, cause = 'idp/endpoints' }: RedirectOptions,
): Fault<'link/answer'> {
  return {
    id: `http/${variant}${status === 302 ? '' : `-${status}`}`,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `${what} (${status}) instead of the answer`,
    apply: (answer) => {
      const moved = withBody({ ...answer, status }, '');
      const headers =
        location === undefined
          ? withoutField(moved.headers, 'Location')
          : withField(moved.headers, 'Location', location);
      return { ...moved, headers };
    },
  };
}
