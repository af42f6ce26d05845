import { constants, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { expect, test } from 'vitest';
import { forge } from '../../mocks/forge/forge.ts';
import { signingKey } from '../../mocks/forge/keys.ts';
import { serialise } from '../../mocks/forge/serialise.ts';
import { correct, keys } from './forge-fixtures.ts';

const material = await keys();

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const raw = { dsaEncoding: 'ieee-p1363' } as const;

/** RFC 7518 §3.1 and RFC 8037 §3.1; `bytes` is how long a signature is. */
test.each([
  ['RS256', 'sha256', {}, 256],
  ['RS384', 'sha384', {}, 256],
  ['RS512', 'sha512', {}, 256],
  ['PS256', 'sha256', pss, 256],
  ['PS384', 'sha384', pss, 256],
  ['PS512', 'sha512', pss, 256],
  ['ES256', 'sha256', raw, 64],
  ['ES384', 'sha384', raw, 96],
  ['ES512', 'sha512', raw, 132],
  ['EdDSA', null, {}, 64],
  ['Ed25519', null, {}, 64],
])('%s verifies with jose and with node:crypto', async (alg, hash, manner, bytes) => {
  const key = await signingKey(alg, 'kid', 0);
  const draft = { ...correct(material), header: { alg, kid: 'kid' }, signer: { by: 'key', key } as const };
  const publicKey = createPublicKey({ key: key.publicJwk as JsonWebKey, format: 'jwk' });
  for (const token of [await forge(draft), await serialise(draft)]) {
    const { payload } = await compactVerify(token, await importJWK(key.publicJwk, alg), { algorithms: [alg] });
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(draft.payload);
    const [header, body, text = ''] = token.split('.');
    const signature = Buffer.from(text, 'base64url');
    const genuine = (input: string) => verify(hash, Buffer.from(input), { key: publicKey, ...manner }, signature);
    expect([signature.length, genuine(`${header}.${body}`), genuine(`${header}.x${body}`)]).toEqual([
      bytes,
      true,
      false,
    ]);
  }
});
