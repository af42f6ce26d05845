import { expect, test } from 'vitest';
import type { Occurrence } from '../../harness/model/history.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { Oracle } from '../../harness/model/scenario.ts';
import {
  idTokenExpiresLater,
  idTokenHasAlgorithm,
  idTokenHasAudience,
  idTokenHasAuthTime,
  idTokenHasExpiry,
  idTokenHasIssuedAt,
  idTokenHasIssuer,
  idTokenHasKey,
  idTokenHasSubject,
  idTokenKeeps,
  userinfoIsOfSubject,
} from '../../harness/oracles/issued-id-token.ts';
import { asksForPassword } from '../../harness/oracles/pages.ts';
import { exchange, historyOf } from './history.ts';

const metadata = { issuer: 'https://idp.example', id_token_signing_alg_values_supported: ['RS256', 'none'] };
const keys = {
  keys: [
    { kid: '1', kty: 'RSA' },
    { kid: '2', kty: 'EC' },
  ],
};
const now = Date.parse('2026-11-30T12:00:00Z') / 1000;
const good = { iss: 'https://idp.example', aud: ['c'], sub: 's', iat: now, exp: now + 60, auth_time: now - 5 };
const step = (name: string) => ({ step: name, phase: 'stimulus', does: 'ask' }) as const;
const token = (payload: JsonObject, header: JsonObject, at: number): Occurrence => ({
  kind: 'token',
  ref: `id_token#${at}`,
  header,
  payload,
  digest: 'sha256:0',
});
const read = (path: string, body: object, headers: readonly (readonly [string, string])[] = []) =>
  exchange('caller→idp', { correlation: 'last', path, status: 200, body: JSON.stringify(body), headers });

function holds(
  oracle: Oracle,
  claims: readonly JsonObject[],
  { header = { alg: 'RS256', kid: '1' }, last = {} }: { header?: JsonObject; last?: object } = {},
) {
  const history = historyOf(
    { kind: 'step-begun', ...step('last') },
    read('/.well-known/openid-configuration', metadata),
    read('/jwks', keys),
    read('/authorize?client_id=c&response_type=code', {}),
    // A token that comes again is known already.
    claims.flatMap((payload, at) => [
      ...(claims.indexOf(payload) === at ? [token(payload, header, at)] : []),
      read('/token', { id_token: `‹token:id_token#${claims.indexOf(payload)}›` }),
    ]),
    read('/token', last, [['Date', 'Mon, 30 Nov 2026 12:00:01 GMT']]),
    { kind: 'step', ...step('last'), outcome: 'accepted', detail: '200', took: 1 },
    token({ iss: 'of the control' }, {}, 99),
  );
  return oracle.judge(history, {}).holds;
}

test.each<[Oracle, JsonObject]>([
  [idTokenHasIssuer(), { iss: 'https://idp.example/' }],
  [idTokenHasAudience(), { aud: 'another' }],
  [idTokenHasSubject(), { sub: 's'.repeat(256) }],
  [idTokenHasSubject(), { sub: 1 }],
  [idTokenHasExpiry(), { exp: now }],
  [idTokenHasExpiry(), { exp: (now + 60) * 1000 }],
  [idTokenHasExpiry(), { exp: 'never' }],
  [idTokenExpiresLater(), { exp: now }],
  [idTokenExpiresLater(), { iat: now + 60 }],
  [idTokenHasIssuedAt(), { iat: now - 3600 }],
  [idTokenHasIssuedAt(), { iat: '1' }],
  [idTokenHasAuthTime(), { auth_time: now + 60 }],
  [idTokenHasAuthTime(), { auth_time: null }],
])('$0.id', (oracle, wrong) => {
  expect(holds(oracle, [good])).toBe('yes');
  expect(holds(oracle, [{ ...good, ...wrong }])).toBe('no');
  expect(holds(oracle, [])).toBe('no');
});

test('the algorithm is one of the metadata, and never none', () => {
  expect(holds(idTokenHasAlgorithm(), [good])).toBe('yes');
  for (const alg of ['none', 'HS256']) expect(holds(idTokenHasAlgorithm(), [good], { header: { alg } })).toBe('no');
});

test.each<[JsonObject, string]>([
  [{ alg: 'RS256', kid: '1' }, 'yes'],
  [{ alg: 'RS256', kid: '2' }, 'no'],
  [{ alg: 'RS256', kid: '3' }, 'no'],
  [{ alg: 'RS256' }, 'no'],
])('the key of %j', (header, expected) => {
  expect(holds(idTokenHasKey(), [good], { header })).toBe(expected);
});

test.each(['iss', 'sub', 'aud', 'auth_time'] as const)('a refresh keeps %s', (claim) => {
  expect(holds(idTokenKeeps(claim), [good, { ...good, iat: now + 9 }])).toBe('yes');
  expect(holds(idTokenKeeps(claim), [good, { ...good, [claim]: 'another' }])).toBe('no');
  expect(holds(idTokenKeeps(claim), [good, good])).toBe('yes');
  expect(holds(idTokenKeeps(claim), [good])).toBe('unknown');
});

test('UserInfo is about the user of the ID token', () => {
  expect(holds(userinfoIsOfSubject(), [good], { last: { sub: 's' } })).toBe('yes');
  expect(holds(userinfoIsOfSubject(), [good], { last: { sub: 'x' } })).toBe('no');
  expect(holds(userinfoIsOfSubject(), [good], { last: {} })).toBe('no');
});

test('asksForPassword sees the form with the password', () => {
  const asked = (form: string) =>
    historyOf(
      { kind: 'step-begun', ...step('last') },
      exchange('caller→idp', { correlation: 'last', form, status: 303 }),
      { kind: 'step', ...step('last'), outcome: 'accepted', detail: 'a code', took: 1 },
    );
  expect(asksForPassword().judge(asked('username=alice&password=‹secret:password#1›'), {}).holds).toBe('yes');
  expect(asksForPassword().judge(asked('decision=allow'), {}).holds).toBe('no');
});
