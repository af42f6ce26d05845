import { expect, test } from 'vitest';
import type { History, Occurrence } from '../../harness/model/history.ts';
import type { StepOutcome } from '../../harness/model/step.ts';
import { honoursRetryAfter } from '../../harness/oracles/honours-retry-after.ts';
import { answersNoInnerAddress, answersNoSecret, answersNoStackTrace } from '../../harness/oracles/leaks.ts';
import { tellsCaller } from '../../harness/oracles/names.ts';
import { redeemsNothing } from '../../harness/oracles/redeems-nothing.ts';
import { redeemsOnce } from '../../harness/oracles/redeems-once.ts';
import { saysNo } from '../../harness/oracles/says-no.ts';
import { sendsSecretOnlyTo } from '../../harness/oracles/sends-secret-only-to.ts';
import { succeeds } from '../../harness/oracles/succeeds.ts';
import { takesNobodyFor } from '../../harness/oracles/takes-nobody-for.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { usesPkce } from '../../harness/oracles/uses-pkce.ts';
import { exchange, historyOf } from './history.ts';

const step = 'fw-login';
const begun: Occurrence = { kind: 'step-begun', step, phase: 'stimulus', does: 'log-in' };
const ended = (outcome: StepOutcome): Occurrence => ({
  kind: 'step',
  step,
  phase: 'stimulus',
  does: 'log-in',
  outcome,
  detail: outcome,
  took: 1,
});
const told = (text: string): Occurrence => ({ kind: 'told', step, text });
const login = (outcome: StepOutcome, ...more: readonly Occurrence[]): History => historyOf(begun, more, ended(outcome));
const unfinished = historyOf(begun);
const holds = (oracle: { judge: ReturnType<typeof saysNo>['judge'] }, history: History) =>
  oracle.judge(history, {}).holds;

const asked = (more: string) =>
  exchange('browser→idp', { correlation: step, path: `/authorize?response_type=code&state=x${more}`, status: 303 });
const redeemed = (more = '') =>
  exchange('client→idp', {
    correlation: step,
    path: '/token',
    form: `grant_type=authorization_code${more}`,
    status: 200,
  });

test('a no is a refusal, a yes a success, and silence is neither', () => {
  expect(['refused', 'accepted', 'indeterminate'].map((came) => holds(saysNo(), login(came as StepOutcome)))).toEqual([
    'yes',
    'no',
    'unknown',
  ]);
  expect(['accepted', 'refused', 'indeterminate'].map((came) => holds(succeeds(), login(came as StepOutcome)))).toEqual(
    ['yes', 'no', 'unknown'],
  );
  expect(
    [saysNo(), succeeds(), redeemsNothing(), sendsSecretOnlyTo('idp')].map((oracle) => holds(oracle, unfinished)),
  ).toEqual(Array(4).fill('unknown'));
});

test('a code that is sent to a token endpoint, whosever it is, has been redeemed', () => {
  const refreshed = exchange('client→idp', { correlation: step, path: '/token', form: 'grant_type=refresh_token' });
  expect(holds(redeemsNothing(), login('refused', refreshed))).toBe('yes');
  expect(holds(redeemsNothing(), login('refused', redeemed()))).toBe('no');
  const { link: _, ...sent } = redeemed();
  expect(holds(redeemsNothing(), login('refused', { ...sent, link: 'client→attacker' }))).toBe('no');
});

test('a code that is sent twice has been redeemed twice, another one has not', () => {
  const [code, other] = [redeemed('&code=‹secret:code#1›'), redeemed('&code=‹secret:code#2›')];
  expect(holds(redeemsOnce(), login('refused', code, other))).toBe('yes');
  expect(holds(redeemsOnce(), login('refused'))).toBe('yes');
  expect(holds(redeemsOnce(), login('refused', code, other, code))).toBe('no');
  expect(holds(redeemsOnce(), unfinished)).toBe('unknown');
});

test('a code that is sent on by a 307 is on its first way, one that is sent again after it is not', () => {
  const sentOn = (location: string, path = '/token') =>
    exchange('client→idp', {
      correlation: step,
      path,
      form: 'code=‹secret:code#1›',
      status: 307,
      headers: [['Location', location]],
    });
  const followed = exchange('client→idp', { correlation: step, path: '/token?again', form: 'code=‹secret:code#1›' });
  expect(holds(redeemsOnce(), login('refused', sentOn('?again'), followed))).toBe('yes');
  expect(holds(redeemsOnce(), login('refused', sentOn('?again'), sentOn('?again', '/token?again'), followed))).toBe(
    'yes',
  );
  expect(holds(redeemsOnce(), login('refused', sentOn('https://elsewhere.invalid/'), followed))).toBe('no');
  expect(holds(redeemsOnce(), login('refused', sentOn('?again'), followed, followed))).toBe('no');
});

test('who is shown to be logged in is taken for it, who is named in a refusal is not', () => {
  const page = (text: string): Occurrence => ({ kind: 'page', step, url: 'https://client.example/', text });
  const oracle = takesNobodyFor('another-user');
  expect(holds(oracle, login('accepted', page('Hello, another-user')))).toBe('no');
  expect(holds(oracle, login('accepted', told('another-user')))).toBe('no');
  expect(holds(oracle, login('accepted', page('Hello, user-1')))).toBe('yes');
  expect(holds(oracle, login('refused', told('unexpected sub: another-user')))).toBe('yes');
  expect(holds(oracle, login('indeterminate', page('Hello, another-user')))).toBe('unknown');
  expect(holds(oracle, unfinished)).toBe('unknown');
});

test('the code of an earlier step was rightly redeemed', () => {
  const earlier = exchange('client→idp', {
    correlation: 'fw-earlier',
    path: '/token',
    form: 'grant_type=authorization_code',
  });
  expect(holds(redeemsNothing(), login('refused', earlier))).toBe('yes');
});

test('credentials, codes and verifiers may go to the IdP, and a token to the API', () => {
  const basic = [['authorization', 'Basic ‹basic:app:‹secret:client_secret#1››']] as const;
  const bearer = [['authorization', 'Bearer ‹token:access_token#1›']] as const;
  const good = [
    exchange('client→idp', { sent: basic, status: 200 }),
    exchange('client→api', { sent: bearer, status: 200 }),
  ];
  expect(holds(sendsSecretOnlyTo('idp'), login('accepted', ...good))).toBe('yes');
  const bad = exchange('client→attacker', { form: 'code=‹secret:code#1›&client_id=app' });
  expect(sendsSecretOnlyTo('idp').judge(login('refused', ...good, bad), {})).toMatchObject({
    holds: 'no',
    observed: 'credentials went over client→attacker',
  });
});

test('PKCE is a challenge with S256 and a verifier', () => {
  const challenge = '&code_challenge=abc&code_challenge_method=S256';
  expect(holds(usesPkce(), login('accepted', asked(challenge), redeemed('&code_verifier=v')))).toBe('yes');
  expect(holds(usesPkce(), login('refused', asked(challenge)))).toBe('unknown');
  expect(holds(usesPkce(), login('refused'))).toBe('unknown');
  expect(usesPkce().judge(login('accepted', asked(''), redeemed()), {})).toMatchObject({
    holds: 'no',
    observed: 'code_challenge and code_challenge_method=S256 and code_verifier missing',
  });
  expect(holds(usesPkce(), login('accepted', asked('&code_challenge=abc&code_challenge_method=plain')))).toBe('no');
});

test('after Retry-After nothing comes too early; what comes in time, elsewhere or for a control is in order', () => {
  const busy = exchange('client→idp', {
    path: '/token',
    status: 503,
    headers: [['Retry-After', '2']],
    startedAt: 0,
    endedAt: 10,
  });
  const later = (startedAt: number, path = '/token') => exchange('client→idp', { path, status: 200, startedAt });
  const oracle = honoursRetryAfter('client→idp');
  expect(holds(oracle, login('refused', busy))).toBe('yes');
  expect(holds(oracle, login('accepted', busy, later(2_011)))).toBe('yes');
  expect(holds(oracle, login('accepted', busy, later(500, '/jwks')))).toBe('yes');
  expect(oracle.judge(login('accepted', busy, later(500)), {})).toMatchObject({
    holds: 'no',
    observed: '1 requests before that time, the first after 490 ms',
  });
  expect(holds(oracle, login('accepted', later(500)))).toBe('unknown');
  const { exchange: request, ...rest } = later(500);
  const control: Occurrence = { kind: 'step-begun', step: 'fw-control', phase: 'control-after', does: 'work' };
  const asked = { ...rest, exchange: { ...request, correlation: 'fw-control' } };
  expect(holds(oracle, historyOf(login('refused', busy), control, asked))).toBe('yes');
});

test('tries can be counted over one link alone', () => {
  const both = [asked(''), asked(''), redeemed()];
  expect(holds(triesAtMost(1, 'client→idp'), login('accepted', ...both))).toBe('yes');
  expect(holds(triesAtMost(2, 'idp'), login('accepted', ...both))).toBe('no');
});

test('what a client told is what its caller heard; of a page of the IdP it is innocent', () => {
  const said = (history: History) => tellsCaller('client/credentials').judge(history, {}).said?.texts;
  expect(said(login('refused', told('ClientFailure: invalid_client')))).toEqual(['ClientFailure: invalid_client']);
  const page: Occurrence = { kind: 'page', step, url: 'https://client.example/callback', text: '500 sorry' };
  expect(said(login('refused', page))).toEqual(['500 sorry']);
  expect(said(login('indeterminate', { ...page, party: 'idp' }))).toEqual([]);
});

test('an error may know addresses, but needs no secret and no trace', () => {
  const address = login('refused', told('TypeError: fetch failed ← Error: connect ECONNREFUSED 127.0.0.1:4433'));
  expect(holds(answersNoInnerAddress(), address)).toBe('yes');
  expect(holds(answersNoSecret(), address)).toBe('yes');
  expect(holds(answersNoSecret(), login('refused', told('bad secret ‹secret:client_secret#1›')))).toBe('no');
  const trace = 'Error: no\n    at verify (/app/node_modules/jose/verify.js:70:17)';
  expect(holds(answersNoStackTrace(), login('refused', told(trace)))).toBe('no');
});
