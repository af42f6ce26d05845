import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { afterAll, expect, test } from 'vitest';
import type { JsonObject } from '../../harness/model/json.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { signingKey } from '../../mocks/forge/keys.ts';
import { boundTo, draftProof, forgeProof } from '../../mocks/forge/proof.ts';
import { openStage } from './reference-stage.ts';

const stage = await openStage();
afterAll(() => stage[Symbol.asyncDispose]());

const [own, others, rsa] = await Promise.all([
  signingKey('ES256', 'proof', 50),
  signingKey('ES256', 'proof', 51),
  signingKey('RS256', 'proof', 50),
]);
const now = () => stage.wiring.clock.now() / 1000;
let count = 0;

async function boundToken(key = own): Promise<string> {
  const cnf = await boundTo(key);
  return await stage.token({
    id: 'token/bound',
    layer: 'token',
    seam: 'access-token',
    cause: 'attack/sender-constraint',
    summary: 'bound to a key',
    apply: (draft) => ({ ...draft, payload: { ...(draft.payload as JsonObject), ...cnf } }),
  });
}

interface Changes {
  readonly claims?: JsonObject;
  readonly header?: JsonObject;
  /** Who signs. */
  readonly by?: SigningKey;
}

/** A call under DPoP with one proof, or as many as there are changes. */
async function call(token: string, changes: readonly Changes[] = [{}], scheme = 'DPoP') {
  count += 1;
  const path = `/items/p${count}?page=2`;
  const proofs = changes.map(async ({ claims, header, by = own }) => {
    const random = { next: () => 0, int: () => 0, pick: <T>([one]: readonly T[]) => one as T, hex: () => `p${count}` };
    const facts = { method: 'GET', url: stage.instance.url + path, accessToken: token, now: now(), random };
    const draft = draftProof(by, facts);
    return await forgeProof({ header: { ...draft.header, ...header }, payload: { ...draft.payload, ...claims } }, by);
  });
  const fields = (await Promise.all(proofs)).map((proof) => ['DPoP', proof] as const);
  return await stage.call({ path, headers: [['authorization', `${scheme} ${token}`], ...fields] });
}

const publicPart = ({ publicJwk: { kid: _, alg: __, use: ___, ...jwk } }: SigningKey): JsonObject => jwk;
const privateJwk = { ...publicPart(own), d: String(own.privateJwk.d) };

test('a bound token with a proof of its key is served, by ES256 and by RS256, and no proof counts twice', async () => {
  const token = await boundToken();
  expect(await call(token, [{ claims: { jti: 'once' } }])).toMatchObject({ status: 200, reached: true });
  expect(await call(token, [{ claims: { jti: 'once' } }])).toMatchObject({
    status: 401,
    reached: false,
    log: expect.stringContaining('the DPoP proof was used before'),
  });
  expect(await call(await boundToken(rsa), [{ by: rsa }])).toMatchObject({ status: 200, reached: true });
});

test.each<readonly [string, readonly Changes[], RegExp]>([
  ['no proof', [], /DPoP proof missing/],
  ['two proofs', [{}, {}], /two DPoP proofs/],
  ['another key', [{ by: others }], /bound to another key/],
  ['a signature by another key', [{ header: { jwk: publicPart(others) } }], /signature verification/],
  ['a private key', [{ header: { jwk: privateJwk } }], /private key/],
  ['no key', [{ header: { jwk: {} } }], /no usable key/],
  ['another typ', [{ header: { typ: 'JWT' } }], /wrong typ .* got 'JWT'/],
  ['a long typ', [{ header: { typ: '"é'.repeat(99) } }], /wrong typ/],
  ['a typ that is a list', [{ header: { typ: [1, 2, 3, 4, 5, 6] } }], /wrong typ/],
  ['alg none', [{ header: { alg: 'none' } }], /wrong alg .* got 'none'/],
  ['alg HS256', [{ header: { alg: 'HS256' } }], /wrong alg .* got 'HS256'/],
  ['a key that does not fit', [{ header: { alg: 'RS256' } }], /does not fit its alg/],
  ['a long key type', [{ header: { jwk: { kty: '…'.repeat(99) } } }], /no usable key/],
  ['crit', [{ header: { crit: ['x'], x: 1 } }], /crit/],
  ['another method', [{ claims: { htm: 'POST' } }], /htm .* got 'POST', expected 'GET'/],
  ['another path', [{ claims: { htu: `${stage.instance.url}/items` } }], /htu/],
  ['another host', [{ claims: { htu: 'https://other.failwell.test/items/x' } }], /htu/],
  ['a long URI', [{ claims: { htu: `https://${'x'.repeat(999)}.example/` } }], /htu/],
  ['a user in its URI', [{ claims: { htu: `${stage.instance.url.replace('://', '://u@')}/items/x` } }], /htu/],
  ['no scheme', [{ claims: { htu: '/items' } }], /htu/],
  ['another token', [{ claims: { ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' } }], /ath/],
  ['an old time', [{ claims: { iat: Math.floor(now()) - 61 } }], /iat/],
  ['a future time', [{ claims: { iat: Math.floor(now()) + 60 } }], /iat/],
  ['a time in words', [{ claims: { iat: 'now' } }], /iat/],
  ['no jti', [{ claims: { jti: '' } }], /jti/],
  ['a long jti', [{ claims: { jti: 'j'.repeat(257) } }], /jti/],
])('a proof with %s is refused', async (_, changes, log) => {
  const answer = await call(await boundToken(), changes);
  expect(answer).toMatchObject({ status: 401, reached: false, log: expect.stringMatching(log) });
  expect(answer.challenge).toMatch(
    /^DPoP realm="api", algs="RS256 PS256 ES256", error="invalid_(?:dpop_proof|token)", error_description="[^"]+"$/,
  );
});

test.each(['a.b.c', 'a', 'e30.e30', '', '\u00e9'])('%j is no proof', async (text) => {
  const token = await boundToken();
  const headers = [
    ['authorization', `DPoP ${token}`],
    ['DPoP', text],
  ] as const;
  const answer = await stage.call({ headers });
  expect(answer).toMatchObject({ status: 401, reached: false, log: expect.stringContaining('DPoP proof') });
  expect(answer.challenge).toMatch(/^DPoP .*error="invalid_dpop_proof"/);
});

test('by whose name a request calls the gateway makes no difference', async () => {
  const token = await boundToken();
  const { ca } = stage.wiring;
  async function named(host: string, claims: JsonObject): Promise<number | undefined> {
    const random = { next: () => 0, int: () => 0, pick: <T>([one]: readonly T[]) => one as T, hex: () => host };
    const url = `${stage.instance.url}/items/own`;
    const draft = draftProof(own, { method: 'GET', url, accessToken: token, now: now(), random });
    const proof = await forgeProof({ ...draft, payload: { ...draft.payload, ...claims } }, own);
    const headers = { host, authorization: `DPoP ${token}`, dpop: proof };
    const asked = get(url, { headers, ca: ca.pem, servername: '', agent: false });
    const [{ statusCode }] = (await once(asked, 'response')) as [IncomingMessage];
    asked.destroy();
    return statusCode;
  }
  expect(await named('a:b:c', {})).toBe(200);
  expect(await named('other.failwell.test', { htu: 'https://other.failwell.test/items/own' })).toBe(401);
});

test('a bound token is none without its proof, and a bearer token none under DPoP', async () => {
  expect(await call(await boundToken(), [], 'Bearer')).toMatchObject({
    status: 401,
    reached: false,
    challenge: expect.stringMatching(/^Bearer .*error="invalid_token"/),
    log: expect.stringContaining('bound to a key'),
  });
  expect(await call(await boundToken(), [{}], 'Bearer')).toMatchObject({ status: 401, reached: false });
  expect(await call(await stage.token())).toMatchObject({
    status: 401,
    reached: false,
    log: expect.stringContaining('not bound to a key'),
  });
});
