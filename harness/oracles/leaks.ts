import type { History } from '../model/history.ts';
import type { Finding } from '../model/scenario.ts';
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
    .filter(({ seq, step, party }) => seq > begins && !others.has(step) && party !== 'idp')
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

/** What the client told the code that uses it, which may know the addresses behind it, but needs no secret and no trace. */
function errorsToUser(history: History): readonly Told[] {
  const begins = stimulusBegins(history);
  const others = controls(history);
  return entries(history, 'told')
    .filter(({ seq, step }) => seq > begins && !others.has(step))
    .map(({ seq, text }) => ({ seq, where: "the client's error", text }));
}

/** Searches texts for something that must not stand in them; `look` returns it. */
function finding(
  history: History,
  expected: string,
  told: readonly Told[],
  look: (told: Told) => string | undefined,
): Finding {
  const found = told.flatMap((one) => {
    const what = look(one);
    return what === undefined ? [] : [{ ...one, what }];
  });
  if (found.length > 0) {
    return {
      holds: 'no',
      observed: `${found[0]?.what} in ${[...new Set(found.map(({ where }) => where))].join(' and ')}`,
      expected,
      evidence: [...new Set(found.map(({ seq }) => seq))],
    };
  }
  const step = judgedStep(history);
  if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
  return { holds: 'yes', observed: 'none was found', expected, evidence: [told.at(-1)?.seq ?? step.seq] };
}

const markerIn = ({ text }: Told) => marker.exec(text)?.[0];

/** No token and no secret, nor a usable part of one, in the target's logs. */
export function logsNoSecret() {
  return oracle(
    'logsNoSecret()',
    (history) => {
      const lines = logLines(history).map(({ seq, stream, line }) => ({ seq, where: stream, text: line }));
      const found = finding(history, 'no token or secret in the logs', lines, markerIn);
      const [doubt] = entries(history, 'attribution-doubt');
      // A secret is one whoever's line it is; without one, a line may still be missing.
      if (found.holds === 'no' || doubt === undefined) return found;
      return { ...found, holds: 'unknown', observed: doubt.why, evidence: [doubt.seq] };
    },
    { good: 'token refused: expired (jti 8f2c, sub alice)', bad: 'token refused: eyJhbGciOiJSUzI1NiIsImtpZCI6…' },
  );
}

/** No token and no secret in an answer to the caller, nor in a request to a third party. */
export function answersNoSecret() {
  return oracle(
    'answersNoSecret()',
    (history) => {
      const away = exchangesTo(history, 'attacker').map(({ seq, exchange }) => ({
        seq,
        where: 'a request to a third party',
        text: JSON.stringify(exchange.request ?? {}),
      }));
      const told = [...answersToCaller(history), ...errorsToUser(history), ...away];
      return finding(history, 'no token or secret in an answer', told, markerIn);
    },
    { good: '{"message":"the token expired"}', bad: '{"message":"cannot verify eyJhbGciOiJSUzI1NiIsImtpZCI6…"}' },
  );
}

/** The answer to the judged step says nothing back of a token or secret that was sent. What was issued before, is its owner's. */
export function echoesNoSecret() {
  return oracle(
    'echoesNoSecret()',
    (history) => {
      const step = judgedStep(history)?.step;
      const told = entries(history, 'exchange').flatMap(({ seq, link, exchange: { correlation, response } }) =>
        correlation !== step || !link.startsWith('caller→') || response === undefined
          ? []
          : [
              ...response.headers.map(([name, text]) => ({ seq, where: `the ${name} field`, text })),
              { seq, where: 'the answer', text: response.body.text },
            ],
      );
      return finding(history, 'no token or secret in the answer', told, markerIn);
    },
    { good: '{"error":"invalid_client"}', bad: '{"error_description":"7Fjfp0ZBr1KtDRbnfVdmIw is wrong"}' },
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
    (history) =>
      finding(
        history,
        'no stack trace in an answer',
        [...answersToCaller(history), ...errorsToUser(history)],
        ({ text }) => {
          const [frame] = stackFrame.exec(text) ?? [];
          return frame && `a stack trace (${frame.trim().slice(0, 120)})`;
        },
      ),
    {
      good: '{"message":"the token expired"}',
      bad: 'JsonWebTokenError: jwt malformed\\n    at verify (/app/node_modules/jsonwebtoken/verify.js:70:17)',
    },
  );
}

/** Addresses in a text, but not the URL that the caller asked for: it knows that one. */
function addressesIn({ text, path }: Told, behind: ReadonlySet<string>): readonly string[] {
  return [...text.matchAll(/(?:\b(?:127\.0\.0\.1|localhost|[a-z]+\.failwell\.test)|\[::1\]):\d{2,5}\b/g)]
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
      return finding(history, 'no inner address in an answer', answersToCaller(history), (told) => {
        const [address] = addressesIn(told, behind);
        return address && `the inner address ${address}`;
      });
    },
    { good: '{"message":"the API cannot be reached"}', bad: '{"message":"connect ECONNREFUSED 10.0.0.7:8080"}' },
  );
}
