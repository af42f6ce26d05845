import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import type { Client } from '../../mocks/idp/registration/client.ts';
import { basic, field, get, paths, post, read, text, type World } from './idp-fixtures.ts';
import { asking, callback, flowWorld, redeeming, returned, web } from './idp-flow-fixtures.ts';

const bye = 'https://app.example/bye';
const framed: Client = {
  ...web,
  postLogoutRedirectUris: [bye],
  frontchannelLogoutUri: 'https://app.example/gone?a="b',
  frontchannelLogoutSessionRequired: true,
};
const plain: Client = {
  ...web,
  id: 'plain',
  frontchannelLogoutUri: 'https://plain.example:8443/gone',
  frontchannelLogoutSessionRequired: false,
};

async function leaving(it: World, clients: readonly Client[], more = '') {
  const { idp } = it;
  const cookie = idp.logIn('alice');
  let idToken = '';
  for (const { id, secret = '' } of clients) {
    const { code = '' } = returned(await idp.handle(asking({ client_id: id, redirect_uri: callback }, cookie)));
    const form = redeeming(code) as { readonly [name: string]: string };
    idToken ||= String(
      read(await idp.handle(post(paths.token, form, { authorization: basic({ id, secret }) }))).id_token,
    );
  }
  const answer = await idp.handle({
    ...get(`/tenant/logout?id_token_hint=${idToken}${more}`),
    headers: [['cookie', cookie]],
  });
  return { answer, sid: String(decodeJwt(idToken).sid) };
}

const sources = (html: string) => [...html.matchAll(/<iframe hidden src="([^"]*)"/g)].map(([, url]) => url);

test('the browser tells each client, with issuer and sid, and then goes on', async () => {
  const it = await flowWorld({ clients: [framed, plain] });
  const { answer, sid } = await leaving(it, [framed, plain], `&post_logout_redirect_uri=${bye}&state=x`);
  expect(answer.status).toBe(200);
  const parameters = new URLSearchParams({ iss: it.idp.issuer, sid }).toString().replace('&', '&amp;');
  expect(sources(text(answer))).toEqual([
    `https://app.example/gone?a=&quot;b&amp;${parameters}`,
    'https://plain.example:8443/gone',
  ]);
  expect(text(answer)).toContain(`<a href="${bye}?state=x">Continue</a>`);
  const policy = field(answer, 'content-security-policy');
  expect(policy).toContain('frame-src https://app.example https://plain.example:8443;');
  expect(policy).toContain("frame-ancestors 'none'");
  expect([field(answer, 'x-frame-options'), field(answer, 'cache-control')]).toEqual(['DENY', 'no-store']);
  expect(answer.headers.filter(([name]) => name === 'set-cookie')).toHaveLength(2);
});

test('only clients that took part are told', async () => {
  const it = await flowWorld({ clients: [plain, framed] });
  const { answer } = await leaving(it, [plain]);
  expect(sources(text(answer))).toEqual(['https://plain.example:8443/gone']);
  expect(text(answer)).toContain('You may close this page');
});

test('without such clients there is no page in between', async () => {
  const it = await flowWorld({ clients: [{ ...web, postLogoutRedirectUris: [bye] }, plain] });
  const { answer } = await leaving(it, [web], `&post_logout_redirect_uri=${bye}`);
  expect([answer.status, field(answer, 'location')]).toEqual([303, bye]);
});

test("a client's URL adds nothing to the policy of the page", async () => {
  const odd: Client = { ...plain, frontchannelLogoutUri: 'https://a;sandbox/gone' };
  const { answer } = await leaving(await flowWorld({ clients: [framed, odd] }), [framed, odd]);
  expect(field(answer, 'content-security-policy')).toContain('frame-src https://app.example;');
  expect(field(answer, 'content-security-policy')).not.toContain('sandbox');
});
