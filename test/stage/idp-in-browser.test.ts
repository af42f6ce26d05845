import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stagesFor } from '../../harness/compose.ts';
import { lacksBrowser } from '../../harness/drivers/browser/lacks.ts';
import { remote } from '../../harness/drivers/remote.ts';
import type { Entry } from '../../harness/model/history.ts';
import type { BrowserLogin, IdpManners } from '../../harness/model/idp.ts';
import type { Stage } from '../../harness/model/stage.ts';
import type { Authorize } from '../../harness/model/step.ts';
import type { Target } from '../../harness/model/target.ts';
import { createSurroundings, type Surroundings } from '../../harness/stage/surroundings.ts';
import { openScriptedOp, password, redirectUri, secret } from './scripted-op.ts';

let op: Awaited<ReturnType<typeof openScriptedOp>>;
let surroundings: Surroundings;
beforeAll(async () => {
  op = await openScriptedOp();
  surroundings = await createSurroundings();
});
afterAll(async () => {
  await surroundings[Symbol.asyncDispose]();
  await op[Symbol.asyncDispose]();
});

const client = { id: 'mine', secret, redirectUris: [redirectUri], grantTypes: ['authorization_code'], scope: 'openid' };
const target = (login: IdpManners['login']): Target => ({
  id: 'acme/op',
  role: 'idp',
  summary: 'an OP whose pages are scripts',
  capabilities: ['authorization-code', 'client-secret', 'openid', 'unlogged'],
  declares: {},
  idp: {
    ...(login !== undefined && { login }),
    scope: 'openid',
    given: { clients: { confidential: client }, user: { username: 'alice', password, email: 'alice@example.com' } },
  },
  driver: remote({ url: op.url }) as Target['driver'],
});

/** Logs in as one step of a scenario; what it came to, and what was recorded. */
async function login(how: IdpManners['login'], user: Authorize['user'] = 'consents') {
  const entries: Entry[] = [];
  const signal = AbortSignal.timeout(30_000);
  const open = stagesFor(surroundings, 1);
  await using stage: Stage = await open({ target: target(how), instance: 'acme/op#1', cold: true, signal });
  await stage.start(signal);
  stage.begin({ seedPath: 'test', emit: (entry) => entries.push(entry) });
  const result = await stage.perform({ do: 'authorize', user }, 'stimulus', signal);
  const redeemed =
    result.outcome === 'accepted'
      ? await stage.perform({ do: 'ask-idp', what: 'redeem' }, 'stimulus', signal)
      : undefined;
  stage.end();
  return { ...result, redeemed: redeemed?.outcome, entries };
}

const steps: BrowserLogin = {
  browser: [
    { when: /That is not your password/, refuses: true },
    {
      when: /<h1>Welcome/,
      does: [
        { fill: '[placeholder="User name"]', with: '{username}' },
        { fill: '[type=password]', with: '{password}' },
        { click: 'text=Sign in' },
      ],
    },
    {
      when: /wants to/,
      does: [{ expect: '#yes' }, { click: '#yes' }],
      deny: [{ click: 'text=Not now' }],
    },
  ],
};
const byFunction: BrowserLogin = {
  async browser(page, person) {
    await page.waitForSelector('[type=password]');
    await page.fill('[placeholder="User name"]', person.username);
    await page.fill('[type=password]', person.password);
    await page.click('#in');
    await page.waitForSelector('#yes');
    await page.click(person.consents ? '#yes' : '#no');
  },
};

describe.skipIf(lacksBrowser() !== undefined)('a login whose pages are scripts', () => {
  test('comes to nothing where no script runs', { timeout: 60_000 }, async () => {
    expect(await login(undefined)).toMatchObject({ outcome: 'indeterminate' });
  });

  test.each<readonly [string, BrowserLogin]>([
    ['by steps', steps],
    ['by a function', byFunction],
    ['by what it looks like', { browser: 'recognised' }],
  ])('is completed in a browser %s, and so is a no', { timeout: 60_000 }, async (_how, how) => {
    const came = await login(how);
    expect(came).toMatchObject({ outcome: 'accepted', redeemed: 'accepted' });
    const sent = came.entries.flatMap((entry) =>
      entry.kind === 'exchange' && entry.exchange.request ? [entry.exchange.request] : [],
    );
    const login_ = sent.filter(({ path }) => /\/login$/.test(path));
    expect(login_).toHaveLength(1);
    expect(login_[0]?.headers.find(([name]) => name === 'User-Agent')?.[1]).toMatch(/^failwell\/1 \(fw-/);
    expect(JSON.stringify(came.entries)).not.toContain(password);
    expect(await login(how, 'denies')).toMatchObject({ outcome: 'refused', detail: 'access_denied' });
    expect(op.pixels).toEqual([]);
  });

  test('a wrong password is a no where the recipe knows how the page says it', { timeout: 60_000 }, async () => {
    expect(await login(steps, 'mistypes')).toMatchObject({ outcome: 'refused', detail: /says no/ });
    const recognised = await login({ browser: 'recognised' }, 'mistypes');
    expect(recognised).toMatchObject({ outcome: 'indeterminate', detail: "200 page 'Acme'" });
    expect(recognised.entries).toContainEqual(
      expect.objectContaining({ kind: 'page', text: expect.stringContaining('That is not your password') }),
    );
  });

  test('somebody who leaves has asked for nothing more than the page', { timeout: 60_000 }, async () => {
    const { outcome, entries } = await login(steps, 'leaves');
    expect(outcome).toBe('indeterminate');
    expect(JSON.stringify(entries)).not.toContain('"method":"POST"');
  });
});
