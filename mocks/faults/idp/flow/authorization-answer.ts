import type { Headers, HttpAnswer } from '../../../../harness/model/http.ts';
import { family } from '../family.ts';

const fault = family('authorization-answer', { seam: 'authorize-answer', layer: 'flow', cause: 'attack/secrets' });

const withHeaders = (change: (headers: Headers) => Headers) => (answer: HttpAnswer) => ({
  ...answer,
  headers: change(answer.headers),
});

/** Where the browser is sent, changed; an answer that sends it nowhere as it is. */
const sending = (change: (location: string) => string) =>
  withHeaders((headers) =>
    headers.map(([name, value]) => [name, name.toLowerCase() === 'location' ? change(value) : value] as const),
  );

/** A parameter stands twice, which it must not (RFC 6749 §3.1); whoever reads sees the first one or the last. */
const twice = (name: string, evil: string, evilFirst: boolean) => (location: string) =>
  location.replace(new RegExp(`(?<=[?&#])${name}=[^&]*`), (right) =>
    evilFirst ? `${name}=${evil}&${right}` : `${right}&${name}=${evil}`,
  );

const csrf = 'attack/csrf';
export const authorizationCodeTwiceFirst = ({ code = 'another-code' }: { readonly code?: string } = {}) =>
  fault('code-twice-first', 'another code stands before the right one', sending(twice('code', code, true)), csrf);
export const authorizationCodeTwiceLast = ({ code = 'another-code' }: { readonly code?: string } = {}) =>
  fault('code-twice-last', 'another code stands after the right one', sending(twice('code', code, false)), csrf);
export const authorizationStateTwiceFirst = ({ state = 'another-state' }: { readonly state?: string } = {}) =>
  fault('state-twice-first', 'another state stands before the right one', sending(twice('state', state, true)), csrf);
export const authorizationStateTwiceLast = ({ state = 'another-state' }: { readonly state?: string } = {}) =>
  fault('state-twice-last', 'another state stands after the right one', sending(twice('state', state, false)), csrf);

const lacking = (...names: readonly string[]) =>
  withHeaders((headers) => headers.filter(([name]) => !names.includes(name.toLowerCase())));

/** RFC 9700 §4.2.4: the code must not leak in a `Referer`. */
export const authorizationReferrerPolicyMissing = () =>
  fault('referrer-policy-missing', 'Referrer-Policy is missing', lacking('referrer-policy'));
export const authorizationStorable = () =>
  fault('storable', 'Cache-Control and Pragma are missing', lacking('cache-control', 'pragma'));
/** RFC 9700 §4.16: clickjacking. */
export const authorizationFrameable = () =>
  fault(
    'frameable',
    'Content-Security-Policy and X-Frame-Options are missing',
    lacking('content-security-policy', 'x-frame-options'),
    csrf,
  );
export const authorizationCookiesUnguarded = () =>
  fault(
    'cookies-unguarded',
    'cookies lack HttpOnly, Secure and SameSite',
    withHeaders((headers) =>
      headers.map(
        ([name, value]) =>
          [name, name === 'set-cookie' ? value.replaceAll(/; (HttpOnly|Secure|SameSite=\w+)/g, '') : value] as const,
      ),
    ),
  );
/** RFC 9700 §4.12: a browser posts the user's password on to the client. */
export const authorizationRedirect307 = () =>
  fault('redirect-307', 'the redirection has status 307', (answer) =>
    answer.status === 303 ? { ...answer, status: 307 } : answer,
  );

const entities: { readonly [entity: string]: string } = { '&lt;': '<', '&gt;': '>', '&quot;': '"' };
/** RFC 6749 §10.14: what a request brought is markup of the page (CWE-79). */
export const authorizationUnescaped = () =>
  fault('unescaped', 'pages hold what they repeat as it came', (answer) => ({
    ...answer,
    body: Buffer.from(
      Buffer.from(answer.body)
        .toString()
        .replaceAll(/&(?:lt|gt|quot);/g, (entity) => entities[entity]!),
    ),
  }));
/** RFC 6749 §10.14: a line end in `state` begins a field of the head (CWE-113). */
export const authorizationSplit = () =>
  fault(
    'split',
    'a line end in what comes back ends its field',
    withHeaders((headers) =>
      headers.flatMap(([name, value]) => {
        const [first = '', ...lines] = name.toLowerCase() === 'location' ? value.split(/%0D%0A/i) : [value];
        const fields = lines.map((line) => decodeURIComponent(line.replaceAll('+', ' ')).split(/: |&/));
        return [[name, first] as const, ...fields.map(([field = '', said = '']) => [field, said] as const)];
      }),
    ),
  );
export const authorizationVersionShown = () =>
  fault(
    'version-shown',
    'Server names a version',
    withHeaders((headers) => [...headers, ['server', 'idp/1.2.3']]),
  );

const page = (status: number, title: string): HttpAnswer => ({
  status,
  headers: [['content-type', 'text/html; charset=utf-8']],
  body: Buffer.from(`<!doctype html><title>${title}</title><h1>${title}</h1>`),
});

/** RFC 9700 §4.2.4: whoever serves it, sees who logs in, and perhaps more. */
export const authorizationThirdParty = ({ host = 'fonts.invalid' }: { readonly host?: string } = {}) =>
  fault('third-party', `pages load a style sheet from ${host}`, (answer) => {
    const text = Buffer.from(answer.body).toString();
    const link = `<link rel="stylesheet" href="https://${host}/style.css"></head>`;
    return text.includes('</head>') ? { ...answer, body: Buffer.from(text.replace('</head>', link)) } : answer;
  });

/** No redirection at all: the user is stuck, and the client never hears of it. */
export const authorizationErrorPage = () =>
  fault('error-page', 'the answer is an error page with 500', () => page(500, 'Something went wrong'), 'idp/endpoints');
/** What is the browser's mistake looks like the IdP's own. */
export const authorizationRefusedUnder500 = () =>
  fault(
    'status-500-for-400',
    'a page that refuses comes with status 500',
    (answer) => (answer.status === 400 ? { ...answer, status: 500 } : answer),
    'idp/endpoints',
  );
export const authorizationChallengePage = () =>
  fault(
    'challenge-page',
    'a firewall answers with a page and 403',
    () => page(403, 'Are you human?'),
    'idp/rate-limit',
  );
