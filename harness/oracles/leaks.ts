import type { Entry, History } from '../model/history.ts';
import { oracle } from './oracle.ts';
import { controls, entries, exchangesTo, logLines, stimulusBegins } from './reading.ts';

const marker = /‹(?:secret|token|basic):[^›]{1,200}›/;

/** Answers to the caller, and the field or body of them in which something was found. */
function answersToCaller(history: History): readonly { seq: number; where: string; text: string }[] {
  const begins = stimulusBegins(history);
  const others = controls(history);
  return entries(history, 'exchange').flatMap(({ seq, link, exchange }) => {
    const response = exchange.response;
    if (!link.startsWith('caller→') || seq < begins || response === undefined || others.has(exchange.correlation ?? ''))
      return [];
    return [
      ...response.headers.map(([name, value]) => ({ seq, where: `the ${name} field`, text: value })),
      { seq, where: 'the answer', text: response.body.text },
    ];
  });
}

function finding(
  found: readonly { seq: number; where: string; what: string }[],
  expected: string,
  looked: readonly Entry[],
) {
  if (found.length === 0) {
    return {
      holds: 'yes',
      observed: 'none was found',
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
  return oracle('logsNoSecret()', (history) => {
    const lines = logLines(history);
    const found = lines.flatMap(({ seq, stream, line }) => {
      const [what] = marker.exec(line) ?? [];
      return what === undefined ? [] : [{ seq, where: stream, what }];
    });
    return finding(found, 'no token or secret in the logs', lines);
  });
}

/** No token and no secret in an answer to the caller, nor in a request to a third party. */
export function answersNoSecret() {
  return oracle('answersNoSecret()', (history) => {
    const back = answersToCaller(history).flatMap(({ seq, where, text }) => {
      const [what] = marker.exec(text) ?? [];
      return what === undefined ? [] : [{ seq, where, what }];
    });
    const away = exchangesTo(history, 'attacker').flatMap(({ seq, exchange }) => {
      const [what] = marker.exec(JSON.stringify(exchange.request ?? {})) ?? [];
      return what === undefined ? [] : [{ seq, where: 'a request to a third party', what }];
    });
    return finding([...back, ...away], 'no token or secret in an answer', entries(history, 'step'));
  });
}

const stackFrame =
  /(?:^|\n|\\n|<br>)\s*(?:&nbsp;|\s)*at (?:[\w.<>$[\] ]{1,200} \()?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s)]{1,500}:\d+|Traceback \(most recent call last\)|\.java:\d{1,6}\)|goroutine \d+ \[/;

/** No stack trace in an answer to the caller. */
export function answersNoStackTrace() {
  return oracle('answersNoStackTrace()', (history) => {
    const found = answersToCaller(history).flatMap(({ seq, where, text }) => {
      const [what] = stackFrame.exec(text) ?? [];
      return what === undefined ? [] : [{ seq, where, what: `a stack trace (${what.trim().slice(0, 120)})` }];
    });
    return finding(found, 'no stack trace in an answer', entries(history, 'step'));
  });
}

/** No address of a party behind the target (the IdP's, the API's) in an answer to the caller. */
export function answersNoInnerAddress() {
  return oracle('answersNoInnerAddress()', (history) => {
    const found = answersToCaller(history).flatMap(({ seq, where, text }) => {
      const [what] = /\b(?:127\.0\.0\.1|localhost|\[::1\]):\d{2,5}\b/.exec(text) ?? [];
      return what === undefined ? [] : [{ seq, where, what: `the inner address ${what}` }];
    });
    return finding(found, 'no inner address in an answer', entries(history, 'step'));
  });
}
