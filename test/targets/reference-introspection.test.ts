import { expect, test } from 'vitest';
import { openStage, type Reply } from './reference-stage.ts';

const limits = { idpDeadline: 400, retryPause: 20 };
const opaque = 'b3BhcXVlLXRva2Vu_0123456789';
const soon = Math.floor(Date.now() / 1000) + 600;
const active = { active: true, sub: 'user-1', scope: 'write read' };

const table: readonly [what: string, reply: Reply, status: number, cause: RegExp][] = [
  ['active', { body: active }, 200, /level=info/],
  [
    'active with everything',
    { body: { ...active, exp: soon, iat: soon - 900, nbf: 0, aud: ['x', 'https://orders.failwell.test'] } },
    200,
    /level=info/,
  ],
  [
    'inactive',
    { body: { active: false } },
    401,
    /token is not active: introspection endpoint \S+\/introspect answers active false, expected true/,
  ],
  [
    'expired all the same',
    { body: { ...active, exp: 1_000_000_000 } },
    401,
    /token expired: exp 2001-09-09T01:46:40Z, now /,
  ],
  [
    'for another API',
    { body: { ...active, aud: 'https://other.test' } },
    401,
    /audience mismatch: got 'https:\/\/other\.test'/,
  ],
  [
    'by another issuer',
    { body: { ...active, iss: 'https://other.test' } },
    401,
    /issuer mismatch: got 'https:\/\/other\.test'/,
  ],
  ['active without scope', { body: { active: true } }, 403, /insufficient scope: got none, expected 'read'/],
  [
    'active as text',
    { body: { ...active, active: 'true' } },
    503,
    /introspection endpoint \S+ answers without a boolean active: it is a string, 'true'/,
  ],
  ['active missing', { body: { scope: 'read' } }, 503, /without a boolean active: it is missing/],
  ['no JSON', { body: '<html>' }, 503, /introspection endpoint \S+ is not valid JSON: got status 200, .+an HTML page/],
  ['a 500', { status: 500 }, 503, /introspection endpoint \S+ answers status 500/],
  [
    'a 401',
    { status: 401, body: { error: 'invalid_client' } },
    503,
    /introspection endpoint \S+ refuses the gateway's own client credentials: status 401, client_id 'gateway', invalid_client/,
  ],
  [
    'never answered',
    'hang',
    503,
    /introspection endpoint \S+ not available: timeout: no answer from \S+ within 400 ms/,
  ],
  ['reset', 'reset', 503, /introspection endpoint \S+ not available: connection/],
];

test.each(table)('%s', async (_, reply, status, cause) => {
  await using stage = await openStage({ limits });
  stage.idp.handle = () => reply;
  const answer = await stage.call({ token: opaque });
  expect(answer).toMatchObject({ status, reached: status === 200 });
  expect(answer.log).toMatch(cause);
  expect(answer.text).not.toContain(stage.idp.url);
  expect(stage.logs.join('\n')).not.toContain(opaque);
  expect(stage.logs.join('\n')).not.toContain('s3cret');
  expect(answer.challenge === undefined).toBe(status === 200 || status === 503);
});

test('asks as RFC 7662 says, and asks every time', async () => {
  await using stage = await openStage();
  stage.idp.handle = () => ({ body: active });
  for (let n = 0; n < 2; n++) expect((await stage.call({ token: opaque })).status).toBe(200);
  expect(stage.idp.seen).toHaveLength(2);
  const [asked] = stage.idp.seen;
  expect(asked).toMatchObject({
    method: 'POST',
    path: '/introspect',
    body: `token=${opaque}&token_type_hint=access_token`,
  });
  expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from('gateway:s3cret-of-the-gateway').toString('base64')}`);
  stage.idp.handle = () => ({ body: { active: false } });
  expect((await stage.call({ token: opaque })).status).toBe(401);
});
