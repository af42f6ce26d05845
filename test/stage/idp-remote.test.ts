import { afterAll, beforeAll, expect, test } from 'vitest';
import { remote } from '../../harness/drivers/remote.ts';
import { startIdp } from '../../harness/idp.ts';
import type { IdpManners } from '../../harness/model/idp.ts';
import type { Target } from '../../harness/model/target.ts';
import { plan } from '../../harness/run/plan.ts';
import { clockMistake } from '../../harness/stage/idp/mistakes.ts';
import { authorize, redeem, refresh } from '../../scenarios/idp/stimuli.ts';
import { scenarios } from '../../scenarios/index.ts';
import { runOn } from '../run/engine.ts';

const redirectUri = 'https://client.example/callback';
const client = (id: string) => ({
  id,
  secret: `${id}-secret-5d1f`,
  redirectUris: [redirectUri],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  scope: 'openid offline_access read write',
});
const [mine, other] = [client('mine'), client('other')];
const loginsOnly = { ...client('logins'), grantTypes: ['authorization_code'] };
const clientCredentialsOnly = { ...client('service'), grantTypes: ['client_credentials'] };
const given = {
  clients: { confidential: mine, other },
  user: { username: 'alice', password: 'wonderland', email: 'alice@example.com' },
  audience: 'https://api.example',
  scope: 'read write',
} satisfies IdpManners['given'];

let idp: Awaited<ReturnType<typeof startIdp>>;
beforeAll(async () => {
  idp = await startIdp({
    clients: [mine, other, loginsOnly, clientCredentialsOnly],
    audience: given.audience,
    scope: given.scope,
  });
});
afterAll(() => idp[Symbol.asyncDispose]());

/** A server that runs already, with these manners. */
const elsewhere = (manners: IdpManners, capabilities: readonly string[] = []): Target<'idp'> => ({
  id: 'acme/idp',
  role: 'idp',
  summary: 'a server that somebody else has started',
  capabilities: [
    'authorization-code',
    'refresh-token',
    'client-secret',
    'openid',
    'pkce',
    'revocation',
    'unlogged',
    ...capabilities,
  ],
  declares: {},
  idp: manners,
  driver: remote({ url: idp.url }),
});

const some = (...ids: readonly string[]) => scenarios.filter(({ id }) => ids.includes(id));
const asked = (method: string, path: RegExp) =>
  idp
    .history({ limit: 100_000 })
    .exchanges.filter(({ request }) => request?.method === method && path.test(request.path));

test('it is judged with the clients that it knows, and left as it was found', { timeout: 30_000 }, async () => {
  const before = asked('POST', /revoke/).length;
  const ran = await runOn([elsewhere({ given })], some('idp/code/by-another-client', 'idp/code/twice'), { pool: 1 });
  expect([...ran.verdicts.values()].map(({ value, properties }) => [value, properties.safe.value])).toEqual([
    ['pass', 'pass'],
    ['pass', 'pass'],
  ]);
  expect(asked('POST', /revoke/).length).toBeGreaterThan(before);
  expect(asked('GET', /end-?session|logout/i).length).toBeGreaterThan(0);
});

test('it registers clients of its own and removes them', { timeout: 30_000 }, async () => {
  const manners = { registers: {}, given: { ...given, clients: {} } };
  const target = elsewhere(manners, ['public-clients', 'client-credentials', 'client-secret-jwt']);
  const ran = await runOn([target], some('idp/code/by-another-client', 'idp/assertion-clock/right'), { pool: 1 });
  expect(ran.of('harness-error')).toEqual([]);
  expect([...ran.verdicts.values()].map(({ properties }) => properties.signal.value)).toEqual(['pass', 'pass']);
  const made = asked('POST', /register/).length;
  expect(made).toBeGreaterThan(2);
  expect(asked('DELETE', /register/)).toHaveLength(made);
});

test('a client that nobody has named makes a scenario not applicable, with the reason', () => {
  const alone = elsewhere({ given: { ...given, clients: { confidential: mine } } });
  const { pairs, notApplicable } = plan(
    { scenarios: some('idp/code/by-another-client', 'idp/code/twice'), targets: [alone] },
    {},
  );
  expect(pairs.map(({ scenario }) => scenario.id)).toEqual(['idp/code/twice']);
  expect(notApplicable.map(({ why }) => why)).toEqual(["acme/idp names no other client in 'idp.given'"]);
});

test('what a target has nothing for is no accusation: a URI without a parent domain, no refresh token', {
  timeout: 30_000,
}, async () => {
  const local = { ...mine, redirectUris: ['http://localhost:3000/cb'], scope: 'openid' };
  await using server = await startIdp({ clients: [local], audience: given.audience, scope: given.scope });
  const manners = { given: { ...given, clients: { confidential: local } }, scope: 'openid' };
  const able = elsewhere(manners).capabilities;
  const target: Target<'idp'> = {
    ...elsewhere(manners),
    capabilities: able.filter((one) => one !== 'refresh-token'),
    driver: remote({ url: server.url }),
  };
  const ids = ['idp/redirect-uri/host-case', 'idp/redirect-uri/parent-domain', 'idp/scope-login/part'];
  const { pairs, notApplicable } = plan({ scenarios: some(...ids), targets: [target] }, {});
  expect(notApplicable.map(({ why }) => why).toSorted()).toEqual([
    'nothing in the redirect_uri of acme/idp can be changed like that',
    'nothing in the scope of acme/idp can be changed like that',
  ]);
  const ran = await runOn(
    [target],
    pairs.map(({ scenario }) => scenario),
    { pool: 1 },
  );
  expect([...ran.verdicts.values()].map(({ value }) => value)).toEqual(['pass']);
  const [right] = some('idp/refresh/right');
  const stimulus = [authorize({ client: 'other' }), redeem(), refresh()];
  const clients = { confidential: mine, other: loginsOnly };
  const without = await runOn([elsewhere({ given: { ...given, clients } })], [{ ...right!, stimulus }], { pool: 1 });
  expect([...without.verdicts.values()]).toMatchObject([
    {
      value: 'inconclusive',
      because: expect.stringContaining('there is no refresh_token to send: what came before brought none'),
    },
  ]);
});

test('requests are paced', { timeout: 30_000 }, async () => {
  const began = performance.now();
  await runOn([elsewhere({ given, pace: '100ms' })], some('idp/code/twice'), { pool: 1 });
  // Two logins with their codes, and a control of the same: a dozen requests at least.
  expect(performance.now() - began).toBeGreaterThan(1_000);
});

const wrong: readonly [what: string, manners: () => IdpManners, sentence: RegExp][] = [
  [
    'secret',
    () => ({ given: { ...given, clients: { confidential: { ...mine, secret: 'another-secret-9' } } } }),
    /the client 'mine' was refused \(401 invalid_client\): correct its id, its secret/,
  ],
  [
    'redirect URI',
    () => ({ given: { ...given, clients: { confidential: { ...mine, redirectUris: ['https://no.example/cb'] } } } }),
    /correct the id of the client 'mine', register the redirect URI https:\/\/no\.example\/cb for it/,
  ],
  [
    'password',
    () => ({ given: { ...given, user: { ...given.user, password: 'looking-glass-1' } } }),
    /the authorization endpoint showed an error|the login did not get past a page/,
  ],
  [
    'client',
    () => ({ given: { ...given, clients: { confidential: { ...mine, id: 'nobody' } } } }),
    /correct the id of the client 'nobody'.*; and the client 'nobody' was refused \(401 invalid_client\)/,
  ],
  [
    'scope',
    () => ({ given, scope: 'admin' }),
    /refused \(invalid_scope\): let the client 'mine' ask for 'admin', or say in 'idp\.scope'/,
  ],
  [
    'grant',
    () => ({ given: { ...given, clients: { confidential: clientCredentialsOnly } } }),
    /let the client 'service' use the grant authorization_code/,
  ],
  [
    'password and another secret',
    () => ({
      given: {
        ...given,
        user: { ...given.user, password: 'looking-glass-1' },
        clients: { confidential: mine, other: { ...other, secret: 'another-secret-9' } },
      },
    }),
    /correct the user 'alice' and the password.*; and the client 'other' was refused \(401 invalid_client\)/,
  ],
  [
    'recipe',
    () => ({ given, login: [{ when: /nothing like it/, press: 'x' }] }),
    /did not get past a page \(200 page 'Log in'\).*'idp\.login', as 'failwell learn' does/,
  ],
  [
    'refresh token',
    () => ({ given: { ...given, clients: { confidential: loginsOnly } } }),
    /a token response without a refresh token, asked with the scope 'openid offline_access read write': name in 'idp\.scope'/,
  ],
  ['issuer', () => ({ given, issuer: (url) => `${url}/realms/none` }), /No discovery document of \S+\/realms\/none/],
];

test.each(wrong)(
  'a wrong %s is told in a sentence before anything is judged',
  { timeout: 30_000 },
  async (_what, manners, sentence) => {
    const ran = await runOn([elsewhere(manners())], some('idp/code/twice'), { pool: 1 });
    expect(ran.verdicts.size).toBe(0);
    expect(
      ran
        .of('harness-error')
        .map(({ message }) => message)
        .join(),
    ).toMatch(sentence);
  },
);

test('a server that is away, one that nobody trusts, and a clock that is off are told, too', {
  timeout: 60_000,
}, async () => {
  const said = async (url: string) => {
    const ran = await runOn([{ ...elsewhere({ given }), driver: remote({ url }) }], some('idp/code/twice'), {
      pool: 1,
    });
    return ran
      .of('harness-error')
      .map(({ message }) => message)
      .join();
  };
  expect(await said('http://127.0.0.1:9')).toContain(
    'was not reached (ECONNREFUSED): start the server, or correct its URL.',
  );
  await using overTls = await startIdp({ tls: true });
  expect(await said(overTls.issuer)).toMatch(/The certificate of https:\S+ is not trusted \(\w+\): give .*'authority'/);
  expect(await said(idp.issuer.replace('http:', 'https:'))).toMatch(
    /ended the connection \(\w+\): correct http or https in its URL/,
  );
  const { now } = Date;
  expect(clockMistake(new Date(now() - 3_600_000).toUTCString(), now())).toBe(
    "its clock is 60 minutes behind this machine's: set one of them",
  );
  expect(clockMistake(new Date(now() + 30_000).toUTCString(), now())).toBeUndefined();
  expect(clockMistake(undefined, now())).toBeUndefined();
});

test('a host that no config names is not called', { timeout: 30_000 }, async () => {
  const target = { ...elsewhere({ given }), driver: remote({ url: 'https://idp.example' }) };
  const ran = await runOn([target], some('idp/code/twice'), { pool: 1 });
  expect(
    ran
      .of('harness-error')
      .map(({ message }) => message)
      .join(),
  ).toMatch(/name the host under 'hosts'/);
});
