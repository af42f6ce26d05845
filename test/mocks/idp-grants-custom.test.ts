import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import type { CustomGrant } from '../../mocks/idp/grants/custom.ts';
import { field, get, read, stranger } from './idp-fixtures.ts';
import { flowWorld, web } from './idp-flow-fixtures.ts';
import { claims, send, token } from './idp-grants-fixtures.ts';

const badge: CustomGrant = {
  type: 'urn:example:grant:badge',
  async answer({ parameters, client, issue, refuse }) {
    const { badge: number } = parameters;
    if (number === undefined) return issue();
    if (number !== '7') return refuse('invalid_grant', `No badge ${number}`);
    const claims = { badge: number, shown_to: client.id };
    return {
      ...(await issue({ sub: 'user-1', scope: 'items:read', audience: 'https://doors.example', claims })),
      door: 2,
    };
  },
};
const ask = { grant_type: badge.type };

test('a function is a grant, advertised and behind the usual authentication', async () => {
  const it = await flowWorld({ grants: [badge] });
  expect(read(await it.idp.handle(get('/tenant/.well-known/openid-configuration'))).grant_types_supported).toContain(
    badge.type,
  );
  const answer = await send(it, 'token', { ...ask, badge: '7' });
  const { access_token: got, ...others } = read(answer);
  expect([answer.status, field(answer, 'cache-control')]).toEqual([200, 'no-store']);
  expect(others).toEqual({ token_type: 'Bearer', expires_in: 3600, scope: 'items:read', door: 2 });
  expect(claims(got)).toMatchObject({
    sub: 'user-1',
    aud: 'https://doors.example',
    client_id: 'web',
    badge: '7',
    shown_to: 'web',
  });
  expect(claims((await token(it, ask)).access_token)).toMatchObject({ sub: 'subject-web', aud: 'https://api.example' });
  expect(await token(it, { ...ask, scope: 'x' })).toMatchObject({ status: 400, error: 'invalid_scope' });
  expect(await token(it, { ...ask, badge: '8' })).toEqual({
    status: 400,
    error: 'invalid_grant',
    error_description: 'No badge 8',
  });
  expect(await token(it, ask, { ...web, secret: 'wrong' })).toMatchObject({ status: 401, error: 'invalid_client' });
});

test('only clients that may use it can', async () => {
  const it = await flowWorld({ grants: [badge], clients: [{ ...stranger, grantTypes: ['client_credentials'] }] });
  expect(await token(it, ask, stranger)).toMatchObject({ status: 400, error: 'unauthorized_client' });
});

test('faults change its answers as any others', async () => {
  const it = await flowWorld({ grants: [badge] });
  const fault = {
    id: 'test/unavailable',
    layer: 'flow',
    seam: 'token-answer',
    cause: 'idp/token-issuance',
    summary: 'nothing there',
    apply: () => ({ status: 503, headers: [], body: new Uint8Array() }),
  } as const;
  it.idp.place({ fault, on: 'idp', schedule: { when: 'always' } }, seeded(1, 'x'));
  expect((await send(it, 'token', ask)).status).toBe(503);
});

test.each(['badge', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code', 'password'])(
  '%s cannot be one',
  async (type) => {
    await expect(flowWorld({ grants: [{ ...badge, type }] })).rejects.toThrow(/absolute URI|is taken/);
  },
);
