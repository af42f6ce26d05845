import { expect, test } from 'vitest';
import type { History, Occurrence } from '../../harness/model/history.ts';
import type { Headers } from '../../harness/model/http.ts';
import type { Oracle } from '../../harness/model/scenario.ts';
import { allows } from '../../harness/oracles/answer-form.ts';
import { echoesNoSecret } from '../../harness/oracles/leaks.ts';
import { forbidsFraming, keepsPasswords, loadsNothingElsewhere } from '../../harness/oracles/pages.ts';
import { repeatsNothing } from '../../harness/oracles/redirects.ts';
import { returnsIssuer, returnsNonce } from '../../harness/oracles/returns.ts';
import { exchange, historyOf } from './history.ts';

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: string;
}

const begun = (step: string): Occurrence => ({ kind: 'step-begun', step, phase: 'stimulus', does: 'ask' });
const ended = (step: string, actor?: string): Occurrence => ({
  kind: 'step',
  step,
  phase: 'stimulus',
  does: 'ask',
  outcome: 'accepted',
  detail: '200',
  took: 1,
  ...(actor !== undefined && { actor }),
});
const at = (step: string, { method = 'GET', ...asked }: Asked): Occurrence => {
  const made = exchange('caller→idp', { correlation: step, sent: [['Host', 'idp.example']], path: '/', ...asked });
  return { ...made, exchange: { ...made.exchange, request: { ...made.exchange.request!, method } } };
};

/** A stimulus whose last step came to these answers. */
const asked = (...answers: readonly Asked[]): History =>
  historyOf(
    begun('last'),
    answers.map((answer) => at('last', answer)),
    ended('last'),
  );
/** The same after a step that read this document. */
const afterDocument = (document: object, ...answers: readonly Asked[]): History =>
  historyOf(
    begun('first'),
    at('first', { path: '/.well-known/openid-configuration', status: 200, body: JSON.stringify(document) }),
    ended('first', 'before'),
    begun('last'),
    answers.map((answer) => at('last', answer)),
    ended('last'),
  );
const withToken = (payload: object): History =>
  historyOf(
    begun('last'),
    at('last', { path: '/authorize?nonce=n1', status: 302 }),
    { kind: 'token', ref: 'id_token#1', payload: payload as never, digest: 'sha256:0' },
    ended('last'),
    { kind: 'token', ref: 'id_token#2', payload: { nonce: 'of the control' }, digest: 'sha256:1' },
  );

const html = ['Content-Type', 'text/html'] as const;
const page = (body: string, ...headers: Headers): Asked => ({ status: 200, headers: [html, ...headers], body });
const form = '<form action="/login"><input name="username"></form>';
const csp = (value: string): Headers[number] => ['Content-Security-Policy', value];
const promised = { issuer: 'https://idp.example', authorization_response_iss_parameter_supported: true };
const to = (location: string): Asked => ({ status: 303, headers: [['Location', location]] });

const rows: readonly (readonly [holds: 'yes' | 'no' | 'unknown', what: string, oracle: Oracle, history: History])[] = [
  ['no', 'no field', forbidsFraming(), asked(page(form))],
  ['no', 'one page of two', forbidsFraming(), asked(page(form, ['X-Frame-Options', 'DENY']), page(form))],
  ['yes', 'X-Frame-Options', forbidsFraming(), asked(page(form, ['X-Frame-Options', 'SAMEORIGIN']))],
  ['yes', 'frame-ancestors', forbidsFraming(), asked(page(form, csp("default-src 'none'; frame-ancestors 'none'")))],
  ['no', 'frame-ancestors *', forbidsFraming(), asked(page(form, csp('frame-ancestors *')))],
  ['no', 'another directive', forbidsFraming(), asked(page(form, csp("default-src 'self'")))],
  ['unknown', 'a script that may help', forbidsFraming(), asked(page(`${form}<script src="/free.js"></script>`))],
  ['unknown', 'no page', forbidsFraming(), asked(to('https://client.example/'))],

  ['yes', 'its own', loadsNothingElsewhere(), asked(page(`${form}<img src="/logo.svg"><img src="//idp.example/x">`))],
  ['no', 'a style sheet', loadsNothingElsewhere(), asked(page(`${form}<link href="https://cdn.example/a.css">`))],
  ['no', 'a font', loadsNothingElsewhere(), asked(page(`${form}<style>@import url(//cdn.example/a)</style>`))],
  ['unknown', 'no page', loadsNothingElsewhere(), asked({ status: 404 })],

  ['yes', '303', keepsPasswords(), asked({ method: 'POST', ...to('/consent') })],
  ['no', '307', keepsPasswords(), asked({ method: 'POST', ...to('/consent'), status: 307 })],
  ['unknown', '307 to a GET', keepsPasswords(), asked({ ...to('/login'), status: 307 })],

  ['yes', 'Allow', allows(), asked({ status: 405, headers: [['Allow', 'POST']] })],
  ['no', 'no Allow', allows(), asked({ status: 405 })],
  ['yes', 'another status', allows(), asked({ status: 404 })],

  ['no', 'a secret', echoesNoSecret(), asked({ status: 401, body: '‹secret:client_secret#1› is wrong' })],
  ['no', 'in a field', echoesNoSecret(), asked({ status: 401, headers: [['X-Why', '‹secret:client_secret#1›']] })],
  ['yes', 'nothing', echoesNoSecret(), asked({ status: 401, body: '{"error":"invalid_client"}' })],

  ['yes', 'the issuer', returnsIssuer(), afterDocument(promised, to('/cb?code=x&iss=https%3A%2F%2Fidp.example'))],
  ['no', 'another', returnsIssuer(), afterDocument(promised, to('/cb?code=x&iss=https%3A%2F%2Fidp.example%2F'))],
  ['no', 'none', returnsIssuer(), afterDocument(promised, to('/cb?error=access_denied'))],
  ['unknown', 'not promised', returnsIssuer(), afterDocument({ issuer: 'https://idp.example' }, to('/cb?code=x'))],
  ['unknown', 'no metadata', returnsIssuer(), asked(to('/cb?code=x'))],

  [
    'yes',
    'each once',
    repeatsNothing(),
    asked(to('/login?state=a&state=b'), to('https://client.example/cb?code=x&state=a')),
  ],
  ['no', 'state twice', repeatsNothing(), asked(to('https://client.example/cb?code=x&state=a&state=b'))],
  ['no', 'error twice', repeatsNothing(), asked(to('https://client.example/cb?error=a&error=b'))],
  ['unknown', 'no answer', repeatsNothing(), asked()],

  ['yes', 'the nonce', returnsNonce(), withToken({ nonce: 'n1' })],
  ['no', 'another', returnsNonce(), withToken({ nonce: 'n2' })],
  ['no', 'none', returnsNonce(), withToken({})],
  ['unknown', 'no ID token', returnsNonce(), asked({ path: '/authorize?nonce=n1', status: 302 })],
];

test.each(rows.map(([holds, what, oracle, history]) => [oracle.id, what, holds, oracle, history] as const))(
  '%s: %s: %s',
  (_id, _what, holds, oracle, history) => {
    expect(oracle.judge(history, {}).holds).toBe(holds);
  },
);
