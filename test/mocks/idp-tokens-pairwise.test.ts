import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { get, read, type World } from './idp-fixtures.ts';
import { codeFor, flowWorld, redeeming, tokenRequest, web } from './idp-flow-fixtures.ts';

const pairwise = { ...web, subjectType: 'pairwise' } as const;
const elsewhere = { ...pairwise, id: 'elsewhere', redirectUris: ['https://other.example/callback'] };
const sameSector = { ...pairwise, id: 'same', profile: { sector_identifier_uri: 'https://app.example/uris' } };
const open = { ...web, id: 'open' };

async function subjects(it: World, { id, redirectUris }: typeof web) {
  const [redirect_uri] = redirectUris;
  const code = await codeFor(it, { client_id: id, redirect_uri });
  const asked = tokenRequest(redeeming(code, { redirect_uri }), { id, secret: web.secret });
  const tokens = read(await it.idp.handle(asked));
  const headers = [['Authorization', `Bearer ${tokens.access_token}`]] as const;
  const told = read(await it.idp.handle({ ...get('/tenant/userinfo'), headers }));
  return { idToken: decodeJwt(String(tokens.id_token)).sub, userinfo: told.sub };
}

test('a pairwise client knows a user as its sector does, and nobody else (OIDC Core §8.1)', async () => {
  const it = await flowWorld({ clients: [pairwise, elsewhere, sameSector, open] });
  const own = await subjects(it, pairwise);
  expect(own.idToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(own.userinfo).toBe(own.idToken);
  expect(await subjects(it, pairwise)).toEqual(own);
  expect(await subjects(it, sameSector)).toEqual(own);
  expect((await subjects(it, elsewhere)).idToken).not.toBe(own.idToken);
  expect(await subjects(it, open)).toEqual({ idToken: 'user-1', userinfo: 'user-1' });
});
