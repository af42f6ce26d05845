import { afterAll, expect, test } from 'vitest';
import { tokenFaults } from '../../mocks/faults/token/all.ts';
import { keys, openStage } from './reference-stage.ts';

const stage = await openStage();
afterAll(() => stage[Symbol.asyncDispose]());

/** What no rule forbids, and what rules allow expressly. */
const accepted = new Set(
  `audience-among-others audience-array-of-one expired-by-1s expiry-milliseconds expiry-fraction long-lived-3650d
  not-before-past issued-long-ago-7d duplicate-claim kid-missing alg-other-published typ-full typ-case
  scope-among-others claim-sub-url claim-jti-url claim-client-id-url claim-unknown huge-claim-8k deep-nesting-1000
  many-claims-300`.split(/\s+/),
);

/** What the log has to name, by cause. */
const named: { readonly [cause: string]: RegExp } = {
  'token/audience': /audience mismatch: aud is .+, expected '/,
  'token/issuer': /issuer mismatch: iss is .+, expected '/,
  'token/expired':
    /token expired: exp .+, now .+, leeway 5 s|(not yet valid|issued in the future): .+ now |time (missing|not a number): \w+ is .+, expected/,
  'token/signature': /signature .+ (expected|match|fit|which has) /,
  'token/malformed': /malformed (token|Authorization header)|wrong typ .+ expected 'at\+jwt'|token is not active/,
  'client/scope': /insufficient scope: scope is .+, expected one with 'read'/,
  'idp/signing-keys': /no key with kid '.*' in JWKS https:.+, which has 'rsa-1', 'ec-1'/,
  'migration/interpretation': /insufficient scope/,
};

stage.idp.handle = (
  (usual) => (request) =>
    request.path === '/introspect' ? { body: { active: false } } : usual(request)
)(stage.idp.handle);

test.each(tokenFaults.map((fault) => [fault.id, fault] as const))('%s', async (id, fault) => {
  const token = await stage.token(fault);
  const { status, reached, challenge, log, text } = await stage.call({ token });
  const [, variant = ''] = id.split('/');
  if (accepted.has(variant)) return expect({ status, reached, log }).toMatchObject({ status: 200, reached: true });
  expect({ status, reached, log }).toEqual({
    status: expect.toSatisfy((code) => code >= 400 && code < 404),
    reached: false,
    log: expect.stringMatching(named[fault.cause] as RegExp),
  });
  expect(log.split('\n')).toHaveLength(1);
  expect(challenge).toMatch(
    /^Bearer realm="api", error="(invalid_request|invalid_token|insufficient_scope)", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+"(, scope="read")?$/,
  );
  expect(challenge).toContain(
    status === 403 ? 'insufficient_scope' : status === 401 ? 'invalid_token' : 'invalid_request',
  );
  expect(text + challenge).not.toContain('127.0.0.1');
  const signature = token.split('.')[2] ?? '';
  if (signature.length > 20) expect(stage.logs.join('\n') + text + challenge).not.toContain(signature.slice(0, 20));
});

test('a good token works throughout, by either key and in PS256 where the key allows it', async () => {
  expect(await stage.call({ token: await stage.token() })).toMatchObject({ status: 200, reached: true });
  expect(await stage.call({ token: await stage.tokenBy(keys.ec) })).toMatchObject({ status: 200, reached: true });
});
