import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { field, get, read } from './idp-fixtures.ts';
import { flowWorld } from './idp-flow-fixtures.ts';

const relation = 'http://openid.net/specs/connect/1.0/issuer';
const asking = (resource: string, ...rel: readonly string[]) =>
  get(
    `/.well-known/webfinger?${new URLSearchParams([['resource', resource], ...rel.map((one): [string, string] => ['rel', one])])}`,
  );

test.each([
  'acct:alice@127.0.0.1:8443',
  'acct:alice@127.0.0.1',
  'acct:alice%40127.0.0.1',
  'acct:alice@example.com',
  'https://127.0.0.1:8443/alice',
  'https://127.0.0.1:8443/tenant/alice',
  'https://127.0.0.1:8443/tenant',
  'https://127.0.0.1:8443/',
  'https://127.0.0.1:8443',
])('%s leads to the issuer', async (resource) => {
  const { idp } = await flowWorld();
  const answer = await idp.handle(asking(resource, relation));
  expect([answer.status, field(answer, 'content-type')]).toEqual([200, 'application/jrd+json']);
  expect(field(answer, 'access-control-allow-origin')).toBe('*');
  expect(read(answer)).toEqual({ subject: resource, links: [{ rel: relation, href: idp.issuer }] });
  expect(read(await idp.handle(asking(resource)))).toEqual(read(answer));
});

test('only the relations that are asked for come back', async () => {
  const { idp } = await flowWorld();
  const acct = 'acct:alice@127.0.0.1';
  expect(read(await idp.handle(asking(acct, 'http://webfinger.net/rel/avatar')))).toEqual({ subject: acct, links: [] });
  expect(read(await idp.handle(asking(acct, 'x', relation))).links).toHaveLength(1);
});

test.each([
  'acct:nobody@127.0.0.1',
  'acct:alice@elsewhere.example',
  'acct:alice',
  'acct:%',
  'https://elsewhere.example/alice',
  'https://127.0.0.2:8443/alice',
  'https://127.0.0.1:8443/nobody',
  'https://127.0.0.1:8443/tenant/alice/x',
  'https://127.0.0.1:1/alice',
  'http://127.0.0.1:8443/alice',
  'https://:',
  'mailto:alice@example.com',
])('%s is not known', async (resource) => {
  const { idp } = await flowWorld();
  expect((await idp.handle(asking(resource))).status).toBe(404);
});

test('a resource must stand there, once, and be a URI', async () => {
  const { idp } = await flowWorld();
  for (const query of ['', '?', '?resource=', '?resource=alice', '?resource=acct:a@b&resource=acct:a@b', '?rel=x']) {
    const answer = await idp.handle(get(`/.well-known/webfinger${query}`));
    expect([query, answer.status, read(answer).error]).toEqual([query, 400, 'invalid_request']);
  }
  const posted = await idp.handle({ ...asking('acct:alice@127.0.0.1'), method: 'POST' });
  expect([posted.status, field(posted, 'allow')]).toEqual([405, 'GET, HEAD']);
});

test('faults can change the descriptor', async () => {
  const { idp } = await flowWorld();
  const fault = {
    id: 'test/elsewhere',
    layer: 'flow',
    seam: 'webfinger-answer',
    cause: 'protocol/unexpected-error',
    summary: '',
    apply: (answer: object) => ({ ...answer, status: 418 }),
  } as never;
  idp.place({ fault, on: 'idp', schedule: { when: 'always' } }, seeded(1, 'x'));
  expect(await idp.handle(asking('acct:alice@127.0.0.1'))).toMatchObject({ status: 418, faults: ['test/elsewhere'] });
});
