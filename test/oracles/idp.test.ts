import { expect, test } from 'vitest';
import type { History, Occurrence } from '../../harness/model/history.ts';
import type { Headers } from '../../harness/model/http.ts';
import type { Oracle } from '../../harness/model/scenario.ts';
import { answersInactive, answersJson, answersNoStore } from '../../harness/oracles/answer-form.ts';
import { answers } from '../../harness/oracles/answers.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { issuesNothing } from '../../harness/oracles/issues-nothing.ts';
import { redirectsNowhere, redirectsWithError, returnsState } from '../../harness/oracles/redirects.ts';
import { exchange, historyOf } from './history.ts';

const step = 'fw-stimulus';

interface Answer {
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: string;
}

/** A step at an IdP that came to these answers, one request each, between controls that issued tokens. */
function asked(
  answered: readonly Answer[],
  outcome: 'accepted' | 'refused' | 'indeterminate' = 'refused',
  path = '/authorize?state=xyz&scope=openid',
): History {
  const control = (phase: 'control-before' | 'control-after'): readonly Occurrence[] => [
    { kind: 'step-begun', step: `fw-${phase}`, phase, does: 'the control' },
    exchange('caller→idp', { correlation: `fw-${phase}`, status: 200, body: '{"access_token":"good"}' }),
    { kind: 'step', step: `fw-${phase}`, phase, does: 'the control', outcome: 'accepted', detail: '200', took: 1 },
  ];
  return historyOf(
    control('control-before'),
    { kind: 'step-begun', step, phase: 'stimulus', does: 'ask' },
    answered.map((answer) =>
      exchange('caller→idp', { correlation: step, path, sent: [['Host', 'idp.example']], ...answer }),
    ),
    { kind: 'step', step, phase: 'stimulus', does: 'ask', outcome, detail: String(answered.at(-1)?.status), took: 1 },
    control('control-after'),
  );
}

const json: Headers = [['Content-Type', 'application/json; charset=utf-8']];
const to = (location: string, status = 302): Answer => ({ status, headers: [['location', location]] });
const callback = 'https://client.example/callback';
const refusal: Answer = { status: 400, headers: json, body: '{"error":"invalid_grant"}' };
const tokens: Answer = { status: 200, headers: json, body: '{"access_token":"‹token:access_token#1›"}' };
const silent = asked([]);

type Row = readonly [holds: 'yes' | 'no' | 'unknown', what: string, oracle: Oracle, history: History];

const rows: readonly Row[] = [
  ['yes', 'an error', issuesNothing(), asked([refusal])],
  ['no', 'a token', issuesNothing(), asked([tokens])],
  ['no', 'a token before the last answer', issuesNothing(), asked([tokens, refusal])],
  ['no', 'a code in the query', issuesNothing(), asked([to(`${callback}?code=x&state=xyz`)])],
  ['no', 'a token in the fragment', issuesNothing(), asked([to(`${callback}#access_token=x`)])],
  [
    'no',
    'a code in a form that posts itself',
    issuesNothing(),
    asked([{ status: 200, body: `<form method="post" action="${callback}"><input name="code" value="x"></form>` }]),
  ],
  ...['/consent', 'https://idp.example/consent'].map(
    (action): Row => [
      'yes',
      `a code of its own in a form that comes back to ${action}`,
      issuesNothing(),
      asked([{ status: 200, body: `<form method="post" action="${action}"><input name="code" value="x"></form>` }]),
    ],
  ),
  ['yes', 'an error in the query', issuesNothing(), asked([to(`${callback}?error=invalid_scope&error_code=7`)])],
  ['yes', 'a login page of the IdP', issuesNothing(), asked([to('/login?code_challenge=x'), { status: 200 }])],
  ['unknown', 'no answer', issuesNothing(), silent],

  ['yes', 'a page', redirectsNowhere(), asked([{ status: 400 }])],
  ['yes', 'a redirection within the IdP', redirectsNowhere(), asked([to('/error'), { status: 400 }])],
  ['yes', 'the same by its whole URL', redirectsNowhere(), asked([to('https://idp.example/error'), { status: 400 }])],
  ['no', 'a redirection away', redirectsNowhere(), asked([to('https://evil.example/?error=invalid_request')])],
  ['no', 'one without a scheme', redirectsNowhere(), asked([to('//evil.example/')])],
  ['no', 'one to a script', redirectsNowhere(), asked([to('javascript:alert(1)?error=invalid_request')])],
  ['no', 'one to an application on the device', redirectsNowhere(), asked([to('com.example:/callback?code=x')])],
  ['yes', 'one to a host that is not meant', redirectsNowhere('evil.example'), asked([to(callback)])],
  ['no', 'one to the host that is', redirectsNowhere('evil.example'), asked([to('https://evil.example/')])],
  ['unknown', 'no answer', redirectsNowhere(), silent],

  ['yes', 'the error', redirectsWithError('access_denied'), asked([to(`${callback}?error=access_denied`)])],
  ['yes', 'any error', redirectsWithError(), asked([to(`${callback}#error=login_required`)])],
  ['no', 'another one', redirectsWithError('access_denied'), asked([to(`${callback}?error=server_error`)])],
  ['no', 'a page', redirectsWithError('access_denied'), asked([{ status: 400 }])],
  ['unknown', 'no answer', redirectsWithError('access_denied'), silent],

  ['yes', 'the same state', returnsState(), asked([to(`${callback}?error=access_denied&state=xyz`)])],
  ['no', 'no state', returnsState(), asked([to(`${callback}?error=access_denied`)])],
  ['no', 'another state', returnsState(), asked([to(`${callback}?error=access_denied&state=abc`)])],
  ['unknown', 'a page', returnsState(), asked([{ status: 400 }])],
  ['unknown', 'no state was sent', returnsState(), asked([to(`${callback}?error=x`)], 'refused', '/authorize')],

  ['yes', 'it was done', grants(), asked([tokens], 'accepted')],
  ['no', 'it was refused', grants(), asked([refusal])],
  ['unknown', 'neither', grants(), asked([{ status: 200 }], 'indeterminate')],

  ['yes', 'JSON', answersJson(), asked([refusal])],
  ['yes', 'a kind of JSON', answersJson(), asked([{ ...refusal, headers: [['content-type', 'application/x+json']] }])],
  ['no', 'JSON that is called HTML', answersJson(), asked([{ ...refusal, headers: [['content-type', 'text/html']] }])],
  ['no', 'no JSON', answersJson(), asked([{ ...refusal, body: 'invalid_grant' }])],
  ['unknown', 'no answer', answersJson(), silent],

  ['yes', 'no-store', answersNoStore(), asked([{ ...tokens, headers: [['cache-control', 'private, no-store']] }])],
  ['no', 'no-cache', answersNoStore(), asked([{ ...tokens, headers: [['cache-control', 'no-cache']] }])],
  ['no', 'nothing', answersNoStore(), asked([tokens])],

  ['yes', 'inactive', answersInactive(), asked([{ status: 200, body: '{"active": false}' }])],
  ['no', 'active', answersInactive(), asked([{ status: 200, body: '{"active":true}' }])],
  ['no', 'the word false', answersInactive(), asked([{ status: 200, body: '{"active":"false"}' }])],

  ['yes', 'the error of a redirection', answers(302, 'invalid_scope'), asked([to(`${callback}?error=invalid_scope`)])],
];

test.each(rows)('%s: %s: $id', (holds, _what, oracle, history) => {
  expect(oracle.judge(history, {})).toMatchObject({ holds });
});
