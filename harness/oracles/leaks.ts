import type { Entry, History } from '../model/history.ts';
import { oracle } from './oracle.ts';
import { controls, entries, exchangesTo, fieldValues, judgedStep, logLines, stimulusBegins } from './reading.ts';

const marker = /‹(?:secret|token|basic):[^›]{1,200}›/;

interface Told {
  readonly seq: number;
  readonly where: string;
  readonly text: string;
  /** The path that was asked for. */
  readonly path?: string | undefined;
}

/**
 * Answers to the caller and pages shown to the user, and the part of them in which something was found. What the API
 * said and the target passed on unchanged is the API's.
 */
function answersToCaller(history: History): readonly Told[] {
  const begins = stimulusBegins(history);
  const others = controls(history);
  const fromApi = new Set(exchangesTo(history, 'api').map(({ exchange }) => exchange.response?.body.text));
  const pages = entries(history, 'page')
    .filter(({ seq, step }) => seq > begins && !others.has(step))
    .map(({ seq, url, text }) => ({ seq, where: 'the page', text: `${url}\n${text}` }));
  const answers = entries(history, 'exchange').flatMap(({ seq, link, exchange }) => {
    const response = exchange.response;
    if (!link.startsWith('caller→') || seq < begins || response === undefined || others.has(exchange.correlation ?? ''))
      return [];
    const path = exchange.request?.path;
    const body = response.body.text;
    return [
      ...response.headers.map(([name, value]) => ({ seq, where: `the ${name} field`, text: value, path })),
      ...(fromApi.has(body) ? [] : [{ seq, where: 'the answer', text: body, path }]),
    ];
  });
  return [...answers, ...pages];
}

function finding(
  history: History,
  found: readonly { seq: number; where: string; what: string }[],
  expected: string,
  looked: readonly Entry[],
) {
  if (found.length === 0) {
    const ended = judgedStep(history) !== undefined;
    return {
      holds: ended ? 'yes' : 'unknown',
      observed: ended ? 'none was found' : 'the stimulus never ended',
      expected,
      evidence: looked.map(({ seq }) => seq).slice(-1),
    } as const;
  }
  return {
    holds: 'no',
    observed: `${found[0]?.what} in ${[...new Set(found.map(({ where }) => where))].join(' and ')}`,
    expected,
    evidence: [...new Set(found.map(({ seq }) => seq))],
  } as const;
}

/** No token and no secret, nor a usable part of one, in the target's logs. */
export function logsNoSecret() {
  return oracle(
    'logsNoSecret()',
    (history) => {
      const lines = logLines(history);
      const found = lines.flatMap(({ seq, stream, line }) => {
        const [what] = marker.exec(line) ?? [];
        return what === undefined ? [] : [{ seq, where: stream, what }];
      });
      const expected = 'no token or secret in the logs';
      const [doubt] = entries(history, 'attribution-doubt');
      // A secret is one whoever's line it is; without one, a line may still be missing.
      if (found.length === 0 && doubt !== undefined)
        return { holds: 'unknown', observed: doubt.why, expected, evidence: [doubt.seq] };
      return finding(history, found, expected, lines);
    },
    { good: 'token refused: expired (jti 8f2c, sub alice)', bad: 'token refused: eyJhbGciOiJSUzI1NiIsImtpZCI6…' },
  );
}

/** No token and no secret in an answer to the caller, nor in a request to a third party. */
export function answersNoSecret() {
  return oracle(
    'answersNoSecret()',
    (history) => {
      const back = answersToCaller(history).flatMap(({ seq, where, text }) => {
        const [what] = marker.exec(text) ?? [];
        return what === undefined ? [] : [{ seq, where, what }];
      });
      const away = exchangesTo(history, 'attacker').flatMap(({ seq, exchange }) => {
        const [what] = marker.exec(JSON.stringify(exchange.request ?? {})) ?? [];
        return what === undefined ? [] : [{ seq, where: 'a request to a third party', what }];
      });
      return finding(history, [...back, ...away], 'no token or secret in an answer', entries(history, 'step'));
    },
    { good: '{"message":"the token expired"}', bad: '{"message":"cannot verify eyJhbGciOiJSUzI1NiIsImtpZCI6…"}' },
  );
}

/** A line of a trace as Node, Java and its like, .NET, Python, Go, PHP and Ruby print it, in text, JSON or HTML. */
const stackFrame = new RegExp(
  [
    /(?:^|\n|\\n|<br>)(?:&nbsp;|\s){0,20}at (?:async )?(?:[\w.<>&;#$[\] ]{1,200} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s)]{1,500}:\d+/,
    /\.(?:java|kt|scala|groovy):\d{1,6}\)|\.cs:line \d{1,6}/,
    /Traceback \(most recent call last\)|goroutine \d{1,9} \[|#\d{1,3} \/\S{1,300}\.php\(\d{1,6}\)|\.rb:\d{1,6}:in /,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** No stack trace in an answer to the caller. */
export function answersNoStackTrace() {
  return oracle(
    'answersNoStackTrace()',
    (history) => {
      const found = answersToCaller(history).flatMap(({ seq, where, text }) => {
        const [what] = stackFrame.exec(text) ?? [];
        return what === undefined ? [] : [{ seq, where, what: `a stack trace (${what.trim().slice(0, 120)})` }];
      });
      return finding(history, found, 'no stack trace in an answer', entries(history, 'step'));
    },
    {
      good: '{"message":"the token expired"}',
      bad: 'JsonWebTokenError: jwt malformed\\n    at verify (/app/node_modules/jsonwebtoken/verify.js:70:17)',
    },
  );
}

/** Addresses in a text, but not the URL that the caller asked for: it knows that one. */
function addressesIn({ text, path }: Told, behind: ReadonlySet<string>): readonly string[] {
  return [...text.matchAll(/(?:\b(?:127\.0\.0\.1|localhost)|\[::1\]):\d{2,5}\b/g)]
    .filter(({ 0: address, index }) => {
      const own = path !== undefined && path !== '/' && text.startsWith(path, index + address.length);
      return !own || behind.has(address);
    })
    .map(([address]) => address);
}

/** No address of a party behind the target (the IdP's, the API's) in an answer to the caller. */
export function answersNoInnerAddress() {
  return oracle(
    'answersNoInnerAddress()',
    (history) => {
      const behind = new Set(
        entries(history, 'exchange')
          .filter(({ link }) => !link.startsWith('caller→'))
          .flatMap(({ exchange }) => fieldValues(exchange.request?.headers ?? [], 'host')),
      );
      const found = answersToCaller(history).flatMap((told) => {
        const [what] = addressesIn(told, behind);
        return what === undefined ? [] : [{ seq: told.seq, where: told.where, what: `the inner address ${what}` }];
      });
      return finding(history, found, 'no inner address in an answer', entries(history, 'step'));
    },
    { good: '{"message":"the API cannot be reached"}', bad: '{"message":"connect ECONNREFUSED 10.0.0.7:8080"}' },
  );
}
