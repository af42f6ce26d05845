import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Headers } from '../../../harness/model/http.ts';
import { family } from '../idp/family.ts';

interface Blame {
  /** Default `request/headers`. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/answer', layer: 'http', cause: 'request/headers' });

/** A change to every cookie that an answer sets (RFC 6265 §4.1); answers that set none go on as they are. */
const cookies =
  (variant: string, summary: string, change: (cookie: string) => string | undefined) =>
  ({ cause }: Blame = {}): Fault<'link/answer'> =>
    fault(
      `cookies-${variant}`,
      summary,
      (answer) => {
        if (!answer.headers.some(isCookie)) return answer;
        const headers = answer.headers.flatMap((entry): Headers => {
          const changed = isCookie(entry) ? change(entry[1]) : entry[1];
          return changed === undefined ? [] : [[entry[0], changed]];
        });
        return { ...answer, headers };
      },
      cause,
    );

const isCookie = ([name]: readonly [string, string]) => name.toLowerCase() === 'set-cookie';
const without = (cookie: string, attribute: string) =>
  cookie
    .split(';')
    .filter((part, at) => at === 0 || part.trim().split('=')[0]?.toLowerCase() !== attribute)
    .join(';');

/** No cookie arrives. */
export const cookiesStripped = cookies('stripped', 'Set-Cookie is stripped on the way', () => undefined);

/** Cookies for a host that this is not: browsers drop them (RFC 6265 §5.3). */
export const cookiesForOther = cookies(
  'other-domain',
  'cookies are for another domain',
  (cookie) => `${without(cookie, 'domain')}; Domain=other.example`,
);

/** Cookies for a path where nothing asks for them. */
export const cookiesForPath = cookies(
  'other-path',
  'cookies are for a path that is never asked',
  (cookie) => `${without(cookie, 'path')}; Path=/nowhere`,
);

/** Cookies that are over before they arrive. */
export const cookiesExpired = cookies(
  'expired',
  'cookies have expired as they come',
  (cookie) => `${without(without(cookie, 'max-age'), 'expires')}; Max-Age=0`,
);

/** Cookies that do not come along when another site leads here, as after a login. */
export const cookiesStrict = cookies(
  'same-site-strict',
  'cookies are SameSite=Strict',
  (cookie) => `${without(cookie, 'samesite')}; SameSite=Strict`,
);
