import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Headers } from '../../../harness/model/http.ts';
import { family } from '../idp/family.ts';
import { withField, withoutField } from './answer.ts';

interface Blame {
  /** Default `network/cors`. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/answer', layer: 'http', cause: 'network/cors' });
const origin = 'Access-Control-Allow-Origin';
const has = (headers: Headers, name: string) => withoutField(headers, name) !== headers;

/** A change to the fields of answers that say who may read them (Fetch Standard, CORS protocol); others go on. */
const cors =
  (variant: string, summary: string, change: (headers: Headers) => Headers, of = origin) =>
  ({ cause }: Blame = {}): Fault<'link/answer'> =>
    fault(
      `cors-${variant}`,
      summary,
      (answer) => {
        if (!has(answer.headers, of)) return answer;
        const headers = change(answer.headers);
        return headers === answer.headers ? answer : { ...answer, headers };
      },
      cause,
    );

/** A correct answer that no page of another origin may read. */
export function withoutCors({ cause }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'cors-missing',
    'the answer has no Access-Control-Allow fields',
    (answer) => {
      const headers = answer.headers.filter(([name]) => !/^access-control-/i.test(name));
      return headers.length === answer.headers.length ? answer : { ...answer, headers };
    },
    cause,
  );
}

/** Any origin, with credentials: browsers refuse that when credentials were sent. */
export const corsWildcard = cors('wildcard', 'Access-Control-Allow-Origin is *, with credentials', (headers) =>
  withField(withField(headers, origin, '*'), 'Access-Control-Allow-Credentials', 'true'),
);

/** Another origin may read it. */
export const corsOther = cors('other-origin', 'Access-Control-Allow-Origin names another origin', (headers) =>
  withField(headers, origin, 'https://other.example'),
);

/** The field twice, as an IdP and a proxy before it write it: browsers refuse two values. */
export const corsDoubled = cors('doubled', 'Access-Control-Allow-Origin comes twice', (headers) =>
  headers.flatMap((entry) => (entry[0].toLowerCase() === origin.toLowerCase() ? [entry, entry] : [entry])),
);

/** `null`, which frames without an origin may forge. */
export const corsNull = cors('null', 'Access-Control-Allow-Origin is null', (headers) =>
  withField(headers, origin, 'null'),
);

/** Credentials are not allowed. */
export const corsWithoutCredentials = cors(
  'credentials-missing',
  'Access-Control-Allow-Credentials is missing',
  (headers) => withoutField(headers, 'Access-Control-Allow-Credentials'),
);

/** A preflight that allows no header: `Authorization` may not be sent. */
export const corsWithoutHeaders = cors(
  'headers-missing',
  'the preflight allows no header',
  (headers) => withoutField(headers, 'Access-Control-Allow-Headers'),
  'Access-Control-Allow-Headers',
);

/** A preflight that allows only what needs none. */
export const corsWithoutMethods = cors(
  'methods-missing',
  'the preflight allows no method',
  (headers) => withoutField(headers, 'Access-Control-Allow-Methods'),
  'Access-Control-Allow-Methods',
);

/** A preflight is refused, as by a gateway that wants a token with every request. */
export function preflightRefused({ cause }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'cors-preflight-refused',
    'the preflight is answered 401',
    (answer) => (has(answer.headers, 'Access-Control-Allow-Methods') ? { ...answer, status: 401 } : answer),
    cause,
  );
}
