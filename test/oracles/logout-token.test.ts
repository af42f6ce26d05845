import { expect, test } from 'vitest';
import type { Json } from '../../harness/model/json.ts';
import { clientBelievesLogout, logoutToken, tellsClient } from '../../harness/oracles/logout-token.ts';
import { exchange, historyOf } from './history.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
const right = { iss: 'https://idp', aud: 'app', iat: 1, exp: 2, jti: 'x', sub: 'u', sid: 's', events: { [event]: {} } };

const begun = { kind: 'step-begun', step: 'fw-1', phase: 'stimulus', does: 'log out' } as const;
const ended = {
  kind: 'step',
  step: 'fw-1',
  phase: 'stimulus',
  does: 'log out',
  outcome: 'accepted',
  detail: 'back at the client',
  took: 5,
} as const;
const silence = historyOf(begun, ended);

const telling = (payload: Json, status = 200, body = '') =>
  historyOf(
    begun,
    {
      kind: 'token',
      ref: 'id_token#1',
      payload: { iss: 'https://idp', aud: 'app', sub: 'u', sid: 's' },
      digest: 'sha256:0',
    },
    { kind: 'token', ref: 'seen#1', payload, digest: 'sha256:1' },
    exchange('idp→client', { form: 'logout_token=‹token:seen#1›', status, body }),
    ended,
  );

const wrong = {
  issuer: { iss: 'https://other' },
  audience: { aud: ['other'] },
  'issued-at': { iat: '1' },
  expiry: { exp: undefined },
  id: { jti: '' },
  event: { events: { [event]: 'now' } },
  who: { sub: undefined, sid: undefined },
  nonce: { nonce: 'n' },
} as const;

test.each(Object.entries(wrong))('%s', (rule, change) => {
  const { judge } = logoutToken(rule as keyof typeof wrong);
  expect(judge(telling(right), {}).holds).toBe('yes');
  expect(judge(telling({ ...right, ...change } as Json), {}).holds).toBe('no');
  expect(judge(silence, {}).holds).toBe('unknown');
});

test('a logout token may name the user, the session, or both, and no others', () => {
  const { judge } = logoutToken('who');
  const { sub, sid, ...nobody } = right;
  expect(judge(telling({ ...nobody, sub }), {}).holds).toBe('yes');
  expect(judge(telling({ ...nobody, sid }), {}).holds).toBe('yes');
  expect(judge(telling({ ...right, sid: 'another' }), {}).holds).toBe('no');
});

test('a client that is told says whether it believes it', () => {
  expect(tellsClient().judge(telling(right), {}).holds).toBe('yes');
  expect(tellsClient().judge(silence, {}).holds).toBe('no');
  expect(clientBelievesLogout().judge(telling(right), {}).holds).toBe('yes');
  expect(clientBelievesLogout().judge(telling(right, 400, '{"error_description":"no"}'), {})).toMatchObject({
    holds: 'no',
    observed: 'the client answered 400: no',
  });
  expect(clientBelievesLogout().judge(silence, {}).holds).toBe('unknown');
});
