import { constants, createDecipheriv, createPrivateKey, type JsonWebKey, privateDecrypt } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import type { AnyFault, Schedule } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import * as faults from '../../mocks/faults/idp/index.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { signingKey } from '../../mocks/forge/keys.ts';
import type { Client } from '../../mocks/idp/registration/client.ts';
import { get, paths, read, start, type World } from './idp-fixtures.ts';
import { asking, flowWorld, redeeming, returned, tokenRequest, web } from './idp-flow-fixtures.ts';

const encryptionKey = await signingKey('RS256', 'encryption-key', 70);
type Confidential = Client & { readonly secret: string };
const clients: { readonly [C in 'web' | 'elliptic' | 'symmetric' | 'sealed']: Confidential } = {
  web,
  elliptic: { ...web, id: 'elliptic', idTokenSignedResponseAlg: 'ES256' },
  symmetric: { ...web, id: 'symmetric', idTokenSignedResponseAlg: 'HS256' },
  sealed: {
    ...web,
    id: 'sealed',
    jwks: { keys: [{ ...encryptionKey.publicJwk, alg: 'RSA-OAEP-256', use: 'enc' }] },
    idTokenEncryptedResponseAlg: 'RSA-OAEP-256',
  },
};

type Placed = AnyFault | readonly [AnyFault, Schedule];

/** A world with all of these faults. */
async function broken(...placed: readonly Placed[]): Promise<World> {
  const it = await flowWorld({ clients: [web, clients.elliptic, clients.symmetric, clients.sealed] });
  for (const one of placed) {
    const [fault, schedule] = 'id' in one ? [one, { when: 'always' } as const] : one;
    it.idp.place({ fault, on: 'idp', schedule }, seeded(5, 'fault'));
  }
  return it;
}

const redirected = async ({ idp }: World, changes = {}) =>
  returned(await idp.handle(asking(changes, idp.logIn('alice'))));

async function idTokenOf(it: World, client: Confidential = web): Promise<string> {
  const { code = '' } = await redirected(it, { client_id: client.id });
  return String(read(await it.idp.handle(tokenRequest(redeeming(code), client))).id_token);
}

const keySetOf = async ({ idp }: World) => read(await idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet;

const verifies = (idToken: string, keys: JSONWebKeySet | Uint8Array) => {
  const options = { currentDate: new Date(start) };
  const verified =
    keys instanceof Uint8Array
      ? jwtVerify(idToken, keys, options)
      : jwtVerify(idToken, createLocalJWKSet(keys), options);
  return verified.then(
    () => true,
    () => false,
  );
};

test.each(['elliptic', 'symmetric'] as const)(
  'a corrupt signature for the %s client is all that is wrong',
  async (name) => {
    const client = clients[name];
    const [sound, corrupt] = [await broken(), await broken(faults.onIdToken(token.flippedBit()))];
    const keys = name === 'symmetric' ? Buffer.from(web.secret) : await keySetOf(sound);
    const [good, bad] = [await idTokenOf(sound, client), await idTokenOf(corrupt, client)];
    expect([await verifies(good, keys), await verifies(bad, keys)]).toEqual([true, false]);
    expect(bad.split('.')[0]).toBe(good.split('.')[0]);
    expect(decodeJwt(bad)).toEqual(decodeJwt(good));
  },
);

test('a token without a kid verifies with the only key, and with many only by trying', async () => {
  const noKid = faults.onIdToken(token.keyIdMissing());
  const [one, many] = [await broken(noKid, faults.jwksSigningKeyOnly()), await broken(noKid, faults.jwksManyKeys())];
  expect(await verifies(await idTokenOf(one), await keySetOf(one))).toBe(true);
  expect(await verifies(await idTokenOf(many), await keySetOf(many))).toBe(false);
});

test('who has fetched the keys before a rotation must fetch them again', async () => {
  const it = await broken([faults.jwksSigningKeyMissing(), { when: 'first', count: 1 }]);
  const [early, late] = [await keySetOf(it), await keySetOf(it)];
  const idToken = await idTokenOf(it);
  expect([await verifies(idToken, early), await verifies(idToken, late)]).toEqual([false, true]);
});

test('an issuer that is not promised can be wrong', async () => {
  const it = await broken(faults.metadataIssParameterMissing(), faults.authorizationIssuerOther());
  const metadata = read(await it.idp.handle(get('/tenant/.well-known/openid-configuration')));
  expect(metadata).not.toHaveProperty('authorization_response_iss_parameter_supported');
  expect((await redirected(it)).iss).toBe('https://honest.example');
});

test("one session gets what is another's", async () => {
  const other = await redirected(await broken(), { state: 'other state' });
  const { state, code } = other as { state: string; code: string };
  const it = await broken(faults.authorizationStateOther({ state }), faults.authorizationCodeOther({ code }));
  expect(await redirected(it)).toMatchObject({ state: 'other state', code });
});

test('an error comes in a form that posts itself', async () => {
  const { idp } = await broken(faults.authorizationAccessDenied(), faults.authorizationModeFormPost());
  const { status, body, faults: met } = await idp.handle(asking({}, idp.logIn('alice')));
  expect([status, Buffer.from(body).toString()]).toEqual([200, expect.stringContaining('value="access_denied"')]);
  expect(met).toEqual(['authorization-error/access-denied', 'authorization/mode-form-post']);
});

test('a policy says what it wants in a redirection, too', async () => {
  const it = await broken(faults.decisionConditionalAccess());
  expect(await redirected(it)).toMatchObject({
    error: 'interaction_required',
    suberror: 'message_only',
    error_codes: '53003',
    state: 'a state',
  });
});

test('a token that is encrypted with RSA1_5 holds the right one', async () => {
  const [sound, old] = [await broken(), await broken(faults.idTokenEncryptedRsa15())];
  expect((await idTokenOf(sound, clients.sealed)).split('.')).toHaveLength(5);
  const text = await idTokenOf(old, clients.sealed);
  const [header = '', ...parts] = text.split('.');
  const [encryptedKey, iv, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url')) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const key = privateDecrypt(
    {
      key: createPrivateKey({ key: encryptionKey.privateJwk as JsonWebKey, format: 'jwk' }),
      padding: constants.RSA_PKCS1_PADDING,
    },
    encryptedKey,
  );
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header)).setAuthTag(tag);
  const idToken = Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString();
  expect(await verifies(idToken, await keySetOf(old))).toBe(true);
});
