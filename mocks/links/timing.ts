import type { Timings } from '../../harness/model/exchange.ts';

/** When each thing was done for an exchange, by the clock of its link. What never happened is absent. */
export interface Marks {
  /** A connection to the far end was begun for it. */
  connecting?: number;
  lookedUp?: number;
  connected?: number;
  secured?: number;
  /** It began to go out on a connection. */
  sending?: number;
  /** All of it had gone out. */
  sent?: number;
  /** The near end got the first byte of the answer. */
  answering?: number;
}

/** Each phase lasts from the mark before it to its own. What lies between a new connection and sending is `blocked`. */
const phases = [
  ['blocked', 'connecting'],
  ['dns', 'lookedUp'],
  ['connect', 'connected'],
  ['tls', 'secured'],
  ['blocked', 'sending'],
  ['send', 'sent'],
  ['wait', 'answering'],
] as const;

/** The phase in which it broke off, by the last mark. */
const following: { readonly [M in keyof Marks]-?: keyof Timings } = {
  connecting: 'connect',
  lookedUp: 'connect',
  connected: 'tls',
  secured: 'blocked',
  sending: 'send',
  sent: 'wait',
  answering: 'receive',
};

/** Where the time went; the phases add up to the whole. Milliseconds. */
export function timingsOf(marks: Marks, startedAt: number, endedAt: number): Timings {
  const timings: { -readonly [P in keyof Timings]: Timings[P] } = { blocked: 0, send: 0, wait: 0, receive: 0 };
  let last: keyof Timings = 'blocked';
  let since = startedAt;
  for (const [phase, mark] of phases) {
    const at = marks[mark];
    if (at === undefined) continue;
    timings[phase] = (timings[phase] ?? 0) + at - since;
    since = at;
    last = following[mark];
  }
  timings[last] = (timings[last] ?? 0) + endedAt - since;
  return timings;
}
