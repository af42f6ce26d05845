import type { Exchange } from '../model/exchange.ts';
import type { History } from '../model/history.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { exchangesOfStep, fieldValues, judgedStep } from './reading.ts';

type Response = NonNullable<Exchange['response']>;

/** Asks something of the answers to the judged step that it concerns. */
function ofAnswers(
  id: string,
  expected: string,
  concerns: (answer: Response) => boolean,
  wrong: (answer: Response) => string | undefined,
  looks: NonNullable<PairableOracle['looks']>,
): PairableOracle {
  return oracle(
    id,
    (history: History) => {
      const entries = exchangesOfStep(history, judgedStep(history)?.step).filter(
        ({ exchange: { response } }) => response !== undefined && concerns(response),
      );
      for (const { seq, exchange } of entries) {
        const observed = wrong(exchange.response!);
        if (observed !== undefined) return { holds: 'no', observed, expected, evidence: [seq] };
      }
      const evidence = entries.map(({ seq }) => seq);
      if (entries.length === 0) return { holds: 'unknown', observed: 'no such answer', expected, evidence };
      return { holds: 'yes', observed: 'every one is so', expected, evidence };
    },
    looks,
  );
}

const telling = [
  'server',
  'x-powered-by',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-runtime',
  'x-generator',
  'via',
];
const product =
  /\b(?:nginx|apache|jetty|tomcat|undertow|express|fastify|koa|keycloak|glewlwyd|ulfius|libmicrohttpd|node(?:\.js)?|php|python|werkzeug|gunicorn|kestrel|microsoft-iis|openresty|envoy)[ /]v?\d+(?:\.\d+)+/i;

/** No answer names the version of what made it (CWE-200). */
export const namesNoVersion = (): PairableOracle =>
  ofAnswers(
    'namesNoVersion()',
    'no version in an answer',
    () => true,
    ({ headers, body }) => {
      const field = telling.find((name) => fieldValues(headers, name).some((value) => /\d+\.\d+/.test(value)));
      if (field !== undefined) return `${field}: ${fieldValues(headers, field).join(', ')}`;
      return product.exec(body.text)?.[0];
    },
    { good: 'Server: idp', bad: 'Server: nginx/1.22.1' },
  );

const isPage = ({ headers, body }: Response) =>
  fieldValues(headers, 'content-type').some((type) => /html/i.test(type)) && body.text !== '';

/** Policies by which another site learns no query of this one's (Referrer Policy §3). */
const silent = new Set([
  'no-referrer',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
]);

/** Each page says that its URL, in which the request stands, is nobody's business. */
export const hidesReferrer = (): PairableOracle =>
  ofAnswers(
    'hidesReferrer()',
    'a Referrer-Policy by which no query shows',
    isPage,
    ({ headers, body }) => {
      const field = fieldValues(headers, 'referrer-policy').join(', ');
      const [, meta = ''] =
        /<meta\b[^>]*\bname\s*=\s*["']?referrer["']?[^>]*\bcontent\s*=\s*["']?([\w-]+)/i.exec(body.text) ?? [];
      // The last one that is understood counts.
      const said = [...field.split(','), meta]
        .map((one) => one.trim().toLowerCase())
        .filter(Boolean)
        .at(-1);
      if (said === undefined) return 'no Referrer-Policy';
      return silent.has(said) ? undefined : `Referrer-Policy: ${said}`;
    },
    { good: 'Referrer-Policy: no-referrer', bad: 'Referrer-Policy: unsafe-url' },
  );

const cookiesOf = ({ headers }: Response) =>
  fieldValues(headers, 'set-cookie').filter(
    // What is deleted guards nothing.
    (cookie) => !/^[^=]*=\s*(?:;|$)|;\s*max-age=0\b|;\s*expires=[^;]*\b(?:19\d\d|200\d)\b/i.test(cookie),
  );

const has = (attribute: string) => (cookie: string) => new RegExp(`;\\s*${attribute}\\b`, 'i').test(cookie);

/**
 * Each cookie is set with this attribute. Of those that are set together, one that scripts may read can stand beside one
 * with `HttpOnly`: OpenID Connect Session Management §3.2 needs such.
 */
export const guardsCookies = (attribute: 'HttpOnly' | 'Secure' | 'SameSite'): PairableOracle =>
  ofAnswers(
    `guardsCookies(${attribute})`,
    `${attribute} on ${attribute === 'HttpOnly' ? 'what scripts need not read' : 'every cookie'}`,
    (answer) => cookiesOf(answer).length > 0,
    (answer) => {
      const cookies = cookiesOf(answer);
      const bare = cookies.find((cookie) => !has(attribute)(cookie));
      if (bare === undefined || (attribute === 'HttpOnly' && cookies.some(has(attribute)))) return undefined;
      return `${bare.split('=', 1)} without ${attribute}`;
    },
    { good: `session=…; Path=/; ${attribute}`, bad: 'session=…; Path=/' },
  );
