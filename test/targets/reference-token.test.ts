import { afterAll, expect, test } from 'vitest';
import { grade } from '../../harness/judge/grade.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';
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

/** What the log has to name, by cause, with what was seen and what was expected. */
const named: { readonly [cause: string]: RegExp } = {
  'token/audience': /audience mismatch: got .+, expected '/,
  'token/issuer': /issuer mismatch: got .+, expected '/,
  'token/expired':
    /token (expired|not yet valid|issued in the future): \w+ .+, now .+, leeway 5 s|(exp|nbf|iat) claim .+: got .+, expected/,
  'token/signature': /(signature|signing key).+ (expected|with kid|no key with kid) /,
  'token/malformed':
    /malformed (token|Authorization header): |wrong typ: got .+ expected 'at\+jwt'|it is not a JWT: 1 part/,
  'client/scope': /insufficient scope: got .+, expected 'read'/,
  'idp/signing-keys': /no key with kid '.*' in JWKS https:.+, which has 'rsa-1', 'ec-1'/,
  'migration/interpretation': /insufficient scope/,
};
const lexicon = createLexicon();

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
  if (fault.cause !== 'migration/interpretation') {
    const { grade: graded } = grade({ cause: fault.cause, audience: 'operator', texts: [log], lexicon });
    expect(['D3', 'D4'], `${graded}: ${log}`).toContain(graded);
  }
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
