import { expect, test } from 'vitest';
import type { History } from '../../harness/model/history.ts';
import { grantsWithin, saysGrantedScope, withholdsLast } from '../../harness/oracles/scope.ts';
import { exchange, historyOf } from './history.ts';

/** A token request for `asked` by a client whose user authorized `user`, with this answer and this scope in the token. */
function granted({
  asked,
  user,
  said,
  held,
  introspected = [],
  refused = false,
}: {
  readonly asked?: string;
  readonly user?: string;
  readonly said?: string;
  readonly held?: string | readonly string[];
  /** What introspection says of the scope of an earlier token, and of this one. */
  readonly introspected?: readonly (string | undefined)[];
  readonly refused?: boolean;
}): History {
  const step = (name: string) => ({ step: name, phase: 'stimulus', does: 'ask' }) as const;
  const outcome = refused ? 'refused' : 'accepted';
  const body = refused
    ? '{"error":"invalid_scope"}'
    : JSON.stringify({ access_token: '‹token:access_token#1›', scope: said });
  const [earlier, now] = introspected.map((scope, at) => [
    exchange('caller→idp', { correlation: `read ${at}`, status: 200, body: JSON.stringify({ active: true, scope }) }),
    {
      kind: 'step',
      ...step(`read ${at}`),
      outcome: 'accepted',
      detail: '200',
      took: 1,
      actor: 'introspection',
    } as const,
  ]);
  return historyOf(
    { kind: 'step-begun', ...step('login') },
    earlier ?? [],
    user === undefined
      ? []
      : exchange('caller→idp', {
          correlation: 'login',
          path: `/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'c', scope: user })}`,
          status: 302,
        }),
    { kind: 'step', ...step('login'), outcome: 'accepted', detail: 'a code', took: 1, actor: 'before' },
    { kind: 'step-begun', ...step('last') },
    held === undefined
      ? []
      : { kind: 'token', ref: 'access_token#1', payload: { scope: held } as never, digest: 'sha256:0' },
    exchange('caller→idp', {
      correlation: 'last',
      form: String(new URLSearchParams({ grant_type: 'x', ...(asked !== undefined && { scope: asked }) })),
      status: refused ? 400 : 200,
      body,
    }),
    { kind: 'step', ...step('last'), outcome, detail: refused ? '400 invalid_scope' : '200', took: 1 },
    now ?? [],
    // The control's is none of the stimulus's.
    exchange('caller→idp', { path: '/authorize?response_type=code&client_id=c&scope=of-the-control', status: 302 }),
  );
}

const judged = (oracle: ReturnType<typeof saysGrantedScope>, history: History) => oracle.judge(history, {}).holds;

test.each([
  ['it is said', { asked: 'a b', said: 'a' }, 'yes'],
  ['nothing is said, and the token has it all', { asked: 'a b', held: 'b a' }, 'yes'],
  ['nothing is said, and the token has less', { asked: 'a b', held: 'a' }, 'no'],
  ['nothing is said, and the token has more', { user: 'a', held: ['a', 'b'] }, 'no'],
  ['nothing is said or asked for, and the token has some', { held: 'a' }, 'no'],
  ['nothing is said, and nobody can read the token', { asked: 'a' }, 'unknown'],
  ['introspection says that the token has it all', { asked: 'a b', introspected: ['c', 'b a'] }, 'yes'],
  ['introspection says that the token has less', { asked: 'a b', introspected: ['c', 'a'] }, 'no'],
  ['introspection says the scope, and none of this token', { asked: 'a', introspected: ['c', undefined] }, 'no'],
  ['introspection never says the scope', { asked: 'a', introspected: [undefined, undefined] }, 'unknown'],
  ['it was refused', { asked: 'a', refused: true }, 'yes'],
] as const)('saysGrantedScope: %s', (_, facts, holds) => {
  expect(judged(saysGrantedScope(), granted(facts))).toBe(holds);
});

test.each([
  ['less', { asked: 'a b', said: 'a' }, 'asked', 'yes'],
  ['it has to be escaped', { asked: '"a b"', said: '"a b"' }, 'asked', 'yes'],
  ['more is said', { asked: 'a', said: 'a admin' }, 'asked', 'no'],
  ['more is held', { asked: 'a', said: 'a', held: 'a admin' }, 'asked', 'no'],
  ['what was asked for now, and not before', { asked: 'a b', user: 'a', said: 'a b' }, 'authorized', 'no'],
  ['what was asked for before, and nothing now', { user: 'a', said: 'a' }, 'authorized', 'yes'],
  ['introspection says more', { asked: 'a', introspected: ['a', 'a admin'] }, 'asked', 'no'],
  ['introspection says that there is none', { asked: 'a', introspected: ['a', undefined] }, 'asked', 'yes'],
  ['nobody can tell', { asked: 'a' }, 'asked', 'unknown'],
  ['it was refused', { asked: 'a', refused: true }, 'authorized', 'yes'],
] as const)('grantsWithin: %s', (_, facts, what, holds) => {
  expect(judged(grantsWithin(what), granted(facts))).toBe(holds);
});

test.each([
  ['it is said', { asked: 'a b', said: 'a b' }, 'no'],
  ['it is held', { asked: 'a b', said: 'a', held: 'a b' }, 'no'],
  ['nothing else is said', { asked: 'a b' }, 'no'],
  ['it is left out', { asked: 'a b', said: 'a' }, 'yes'],
  ['it was refused', { asked: 'a b', refused: true }, 'yes'],
] as const)('withholdsLast: %s', (_, facts, holds) => {
  expect(judged(withholdsLast(), granted(facts))).toBe(holds);
});
