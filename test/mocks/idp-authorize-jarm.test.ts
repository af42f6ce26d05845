import { compactDecrypt, compactVerify, exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import { inFragment, metadata, verified } from './idp-authorize-fixtures.ts';
import { start, text } from './idp-fixtures.ts';
import { asking, createBrowser, flowWorld, returned, web } from './idp-flow-fixtures.ts';

const issuer = 'https://127.0.0.1:8443/tenant';
const now = start / 1000;
const client = { ...web, responseTypes: ['code', 'code id_token'] };
const jarmWorld = (changes: object = {}) => flowWorld({ clients: [{ ...client, ...changes }] });

const success = {
  iss: issuer,
  aud: 'web',
  exp: now + 600,
  code: expect.any(String),
  state: 'a state',
  session_state: expect.any(String),
};

test.each([
  ['jwt', 'code'],
  ['query.jwt', 'code'],
  ['fragment.jwt', 'code'],
  ['form_post.jwt', 'code'],
  ['jwt', 'code id_token'],
])('%s for %s is one signed parameter', async (response_mode, response_type) => {
  const it = await jarmWorld();
  const answer = await it.idp.handle(asking({ response_mode, response_type }, it.idp.logIn('alice')));
  const front = response_type !== 'code';
  const [, posted] = /name="response" value="([^"]+)"/.exec(text(answer)) ?? [];
  const query = answer.status === 200 ? {} : returned(answer);
  const fragment = answer.status === 200 ? {} : inFragment(answer);
  const place = front ? 'fragment' : (/^(query|fragment|form_post)/.exec(response_mode)?.[0] ?? 'query');
  const jwt = { query: query.response, fragment: fragment.response, form_post: posted }[place];
  expect([query, fragment, posted]).toEqual([
    place === 'query' ? { response: jwt } : {},
    place === 'fragment' ? { response: jwt } : {},
    place === 'form_post' ? jwt : undefined,
  ]);
  expect(await verified(it, jwt)).toEqual({ ...success, ...(front && { id_token: expect.any(String) }) });
});

test('errors come as a JWT, too, from the pages as well', async () => {
  const it = await jarmWorld();
  const silent = returned(await it.idp.handle(asking({ response_mode: 'jwt', prompt: 'none' })));
  expect(await verified(it, silent.response)).toEqual({
    iss: issuer,
    aud: 'web',
    exp: now + 600,
    state: 'a state',
    error: 'login_required',
    error_description: expect.any(String),
  });
  const browser = createBrowser(it);
  const page = await browser.visit(asking({ response_mode: 'jwt' }));
  const denied = returned(await browser.submit(page, { decision: 'deny' }));
  expect(await verified(it, denied.response)).toMatchObject({ error: 'access_denied', aud: 'web' });
});

test('it is signed and encrypted as the client registered', async () => {
  const pair = await generateKeyPair('ECDH-ES+A256KW', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), use: 'enc' }] };
  const secret = 'a secret of more than thirty-two octets';
  const it = await jarmWorld({
    secret,
    jwks,
    authorizationSignedResponseAlg: 'HS256',
    authorizationEncryptedResponseAlg: 'ECDH-ES+A256KW',
    authorizationEncryptedResponseEnc: 'A256GCM',
  });
  const { response = '' } = returned(await it.idp.handle(asking({ response_mode: 'jwt' }, it.idp.logIn('alice'))));
  const { plaintext, protectedHeader } = await compactDecrypt(response, pair.privateKey);
  expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' });
  const { payload } = await compactVerify(Buffer.from(plaintext).toString(), Buffer.from(secret));
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual(success);
  expect(await metadata(it)).toMatchObject({
    response_modes_supported: ['query', 'fragment', 'form_post', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt'],
    authorization_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256', 'PS256', 'EdDSA', 'HS256']),
    authorization_encryption_alg_values_supported: expect.arrayContaining(['ECDH-ES+A256KW']),
    authorization_encryption_enc_values_supported: expect.arrayContaining(['A256GCM']),
  });
});

test('faults change the parameters before they are wrapped, and the JWT before it is signed', async () => {
  const it = await jarmWorld();
  const stateless: Fault<'authorize-response'> = {
    id: 'test/stateless',
    layer: 'flow',
    seam: 'authorize-response',
    cause: 'attack/csrf',
    summary: 'state is missing',
    apply: ({ parameters: { state: _, ...parameters }, ...response }) => ({ ...response, parameters }),
  };
  const foreign: Fault<'response-token'> = {
    id: 'test/foreign',
    layer: 'token',
    seam: 'response-token',
    cause: 'attack/mix-up',
    summary: 'aud is another client',
    apply: (draft) => ({ ...draft, payload: { ...(draft.payload as object), aud: 'other' } }),
  };
  for (const fault of [stateless, foreign])
    it.idp.place({ fault, on: 'idp', schedule: { when: 'always' } }, seeded(1, 'x'));
  const answer = await it.idp.handle(asking({ response_mode: 'jwt' }, it.idp.logIn('alice')));
  const { state: _, ...others } = success;
  expect(await verified(it, returned(answer).response)).toEqual({ ...others, aud: 'other' });
  expect(answer.faults).toEqual(['test/stateless', 'test/foreign']);
});
