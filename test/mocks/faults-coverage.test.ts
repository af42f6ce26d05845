import { expect, test } from 'vitest';
import { causes } from '../../harness/model/causes.ts';
import { faults } from '../../mocks/faults/all.ts';

/*
 * What a client must be tried with, each in words of its own, and the faults that do it: one of them is enough, unless
 * several are joined by `+`. `*` stands for any end of an id.
 */
const trials: { readonly [what: string]: { readonly [case_: string]: string } } = {
  'claims of an ID token': {
    'issuer: another': 'id-token/issuer-other',
    'issuer: none': 'id-token/issuer-missing',
    'issuer: empty': 'id-token/claim-iss-empty',
    'subject: none': 'id-token/claim-sub-missing',
    'audience: another': 'id-token/audience-other',
    'audience: none': 'id-token/audience-missing',
    'audience: another client': 'id-token/audience-other-client',
    'audience: a second one that nobody trusts': 'id-token/audience-untrusted-too',
    'expiry: past': 'id-token/expired-by-*',
    'expiry: none': 'id-token/expiry-missing',
    'issued at: never': 'id-token/issued-at-missing',
    'issued at: in future': 'id-token/issued-in-future-by-*',
    'issued at: a week ago': 'id-token/issued-long-ago-7d',
    'nonce: another': 'id-token/nonce-other',
    'nonce: none': 'id-token/nonce-missing',
    'nonce: always the same': 'id-token/nonce-constant',
    'hash of the access token: another': 'id-token/at-hash-other',
    'hash of the access token: none': 'id-token/at-hash-missing',
    'hash of the code: another': 'id-token/c-hash-other',
    'hash of the code: none': 'id-token/c-hash-missing',
    'hash of the state: another': 'id-token/s-hash-other',
    'hash of the state: none': 'id-token/s-hash-missing',
    'refreshed: issuer changes': 'id-token/refreshed-iss-other',
    'refreshed: subject changes': 'id-token/refreshed-sub-other',
    'issuer in the header': 'id-token/issuer-in-header',
    'subject in the header': 'id-token/subject-in-header',
  },
  'signatures and keys': {
    'corrupt, whichever algorithm the client registered': 'id-token/flipped-bit',
    'another algorithm': 'id-token/alg-other-published',
    'none, without signature': 'id-token/none-lower',
    'none, with junk': 'id-token/none-junk',
    'none, in odd case': 'id-token/none-mixed',
    'no algorithm': 'id-token/alg-null',
    'no kid, and one key': 'id-token/kid-missing + jwks/signing-key-only',
    'no kid, and many keys': 'id-token/kid-missing + jwks/many-keys-200',
    'kid: a URL': 'id-token/kid-url',
    'kid: a key': 'id-token/kid-jwk',
    'jwk: a key of its own': 'id-token/embedded-jwk',
    'jwk: a URL': 'id-token/embedded-jwk-url',
    'jku: evil': 'id-token/embedded-jku',
    'jku: evil, then good': 'id-token/embedded-jku-array-attacker-first',
    'jku: good, then evil': 'id-token/embedded-jku-array',
    'jwk with a jku or x5u': 'id-token/embedded-jwk-with-jku',
    'jwk with an x5c': 'id-token/embedded-jwk-with-x5c',
    x5u: 'id-token/embedded-x5u',
    x5c: 'id-token/embedded-x5c',
    'x5c: good, then evil': 'id-token/embedded-x5c-good-first',
    'x5c: evil, then good': 'id-token/embedded-x5c-good-last',
    'HMAC with the PKCS #1 text': 'id-token/hs256-with-pkcs1-pem',
    'HMAC with the SPKI text': 'id-token/hs256-with-spki-pem',
    'HMAC with the exponent': 'id-token/hs256-with-exponent',
    'HMAC with the modulus': 'id-token/hs256-with-modulus',
    'HMAC with kty': 'id-token/hs256-with-kty',
    'HMAC with alg': 'id-token/hs256-with-alg',
    'HMAC with the JWK': 'id-token/hs256-with-jwk',
    'HMAC with a key that comes with it': 'id-token/embedded-secret',
    'keys of one session in another': 'jwks/key-swapped',
    'a new key to sign with': 'keys/other-published',
    'a new key, just before signing': 'jwks/signing-key-missing',
    'a new key to encrypt to': 'id-token/encrypted-to-former-key',
    'an old way to encrypt': 'id-token/encrypted-rsa1-5',
  },
  'authorization responses': {
    'state: another': 'authorization/state-wrong',
    'state: none': 'authorization/state-missing',
    "state: another session's": 'authorization/state-other',
    'issuer: another': 'authorization/iss-other',
    'issuer: none, though promised': 'authorization/iss-missing',
    'issuer: another, not promised': 'authorization/iss-other + metadata/authorization-response-iss-parameter-missing',
    'issuer: the same to the careless': 'authorization/iss-trailing-slash',
    'JWT: unsigned': 'response-token/none-lower',
    'JWT: corrupt': 'response-token/flipped-bit',
    'JWT: issuer another': 'response-token/issuer-other',
    'JWT: issuer none': 'response-token/issuer-missing',
    'JWT: audience another': 'response-token/audience-other-client',
    'JWT: audience none': 'response-token/audience-missing',
    'JWT: expired': 'response-token/expired-by-10m',
    'JWT: no expiry': 'response-token/expiry-missing',
    'an error in a form': 'authorization-error/access-denied + authorization/mode-form-post',
    'a session taken over by a later one': 'authorization/state-other + authorization/code-other',
    'a session taken over by an earlier one': 'authorization/state-other + authorization/iss-other',
    'two issuers mixed up': 'metadata/authorization-endpoint-honest',
    'an access token of somebody else': 'authorization/access-token-other',
    'a code of somebody else': 'authorization/code-other',
  },
  discovery: {
    'another issuer': 'metadata/issuer-other',
    "an honest one's name": 'metadata/issuer-honest',
    'endpoints of an attacker': 'metadata/endpoints-attacker',
    'account leads to plain HTTP': 'webfinger/href-http',
    'account with unknown members': 'webfinger/unknown-members',
    'the API says it is another': 'resource-metadata/resource-other',
    'not where it should be': 'discovery/not-found',
    'the API moves to another issuer': 'resource-metadata/authorization-server-other',
  },
  UserInfo: {
    'another user': 'userinfo/sub-other',
    'two users, the wrong one first': 'userinfo/sub-twice-first',
    'two users, the wrong one last': 'userinfo/sub-twice-last',
    'a list of users, the wrong one first': 'userinfo/sub-array-first',
    'a list of users, the wrong one last': 'userinfo/sub-array-last',
    'another issuer': 'userinfo/iss-other',
    'name of a victim': 'userinfo/name-other',
    'address of a victim': 'userinfo/email-other',
  },
  'token responses': {
    'no lifetime': 'token-answer/expires-in-missing',
    'no scope': 'token-answer/scope-missing',
    'type in odd case': 'token-answer/token-type-case',
    'polling: refused': 'token-error/access-denied',
    'polling: too late': 'token-error/expired-token',
    'polling: too often': 'token-error/slow-down',
    'device: interval': 'device/interval-*',
    'CIBA: interval': 'ciba/interval-*',
    'device: no ids': 'device/device-code-missing',
    'CIBA: no id': 'ciba/auth-req-id-missing',
    'device: no lifetime': 'device/expires-in-missing',
    'CIBA: no lifetime': 'ciba/expires-in-missing',
  },
  'clients of tools': {
    'does not look at the scope it got': 'token-answer/scope-narrowed',
    'asked for too little': 'decision/scope-narrowed',
    'steps up for ever': 'decision/insufficient-authentication',
    'leaves PKCE out': 'metadata/code-challenge-methods-missing',
    'leaves the resource out': 'token-error/invalid-target',
    'sends no proof': 'token-error/invalid-dpop-proof',
    'sends a proof again': 'token-error/use-dpop-nonce',
    'sends a bound token as Bearer': 'token-answer/token-type-bearer-for-dpop',
    'does not look at a nonce': 'token-error/use-dpop-nonce-silent',
  },
  logout: {
    unsigned: 'logout-token/none-lower',
    'another algorithm': 'logout-token/alg-other-published',
    'another issuer': 'logout-token/issuer-other',
    'another audience': 'logout-token/audience-other',
    'no event': 'logout-token/events-missing',
    'another event': 'logout-token/event-other',
    'a nonce': 'logout-token/nonce-present',
    'reply without state': 'end-session/state-missing',
    'reply with another state': 'end-session/state-wrong',
  },
};

const cases = Object.entries(trials).flatMap(([what, all]) =>
  Object.entries(all).map(([case_, wanted]) => [`${what}: ${case_}`, wanted] as const),
);

const ids = faults.map(({ id }) => id);
const has = (wanted: string) =>
  wanted.endsWith('*') ? ids.some((id) => id.startsWith(wanted.slice(0, -1))) : ids.includes(wanted);

test.each(cases)('%s', (_, wanted) => {
  expect(wanted.split(' + ').filter((one) => !has(one))).toEqual([]);
});

/** Causes that a wire, a request or the target's own surroundings bring about, and no IdP by what it says. */
const elsewhere = [
  ...['idp/tls-certificate', 'network/blocked', 'network/dns', 'network/cors', 'network/intermittent'],
  ...['gateway/upstream', 'gateway/plugin', 'gateway/policy', 'gateway/configuration', 'gateway/overload'],
  'gateway/bypass',
  'idp/store',
];

test('every cause that lives in what an IdP says has a fault there', () => {
  const said = new Set(faults.filter(({ seam }) => !seam.startsWith('link/')).map(({ cause }) => cause));
  const lacking = causes.map(({ id }) => id).filter((id) => !said.has(id));
  expect(lacking.sort()).toEqual(elsewhere.toSorted());
});

test('every fault says in one line what is different', () => {
  for (const { id, summary } of faults) expect(summary, id).toMatch(/^[^\n]{5,120}$/);
});
