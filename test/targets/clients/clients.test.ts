import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Target } from '../../../harness/model/target.ts';
import { milliseconds } from '../../../harness/model/time.ts';
import { tokenInvalidClient } from '../../../mocks/faults/idp/index.ts';
import { type Played, play } from '../../stage/client-stage.ts';

const root = join(import.meta.dirname, '../../../targets');
const files = globSync('{node,python,shell}/*/target.ts', { cwd: root }).toSorted();
const all: Target[] = await Promise.all(files.map(async (file) => (await import(join(root, file))).default));
const clients = all.filter(({ role }) => role === 'client');

test('every client of the issue is there', () => {
  expect(clients.map(({ id }) => id)).toEqual([
    'node/google-auth-library',
    'node/msal-node',
    'node/oidc-client-ts',
    'node/openid-client',
    'node/passport-openidconnect',
    'node/simple-oauth2',
    'python/authlib',
    'shell/curl',
  ]);
});

test('each is called after its folder and says where its times come from', () => {
  expect(all.map(({ id }) => id)).toEqual(files.map((file) => dirname(file)));
  for (const { declares } of clients) {
    for (const { value, source } of Object.values(declares)) {
      expect(milliseconds(value)).toBeGreaterThanOrEqual(0);
      expect(source).toMatch(/^[@\w/-]+@\d+\.\d+\.\d+\/\S+/);
    }
  }
});

// Those that a browser runs are tried in test/stage/client-browser.test.ts.
for (const target of clients.filter(({ capabilities }) => !capabilities.includes('browser'))) {
  const lacking = await target.driver.lacks?.();
  const here = { skip: lacking !== undefined, meta: { lacks: lacking === undefined ? [] : [lacking] } };

  describe(target.id, here, () => {
    const drive = (what: string, user = 'alice') => client.perform({ do: 'drive', what, with: { user } });
    const can = (capability: string) => target.capabilities.includes(capability);
    let client: Played;
    beforeAll(async () => {
      client = await play(target);
    });
    afterAll(() => client?.[Symbol.asyncDispose]());

    const deeds = [
      ...(can('code') ? ['log-in', 'open-page'] : []),
      ...(can('refresh') ? ['refresh', 'refresh'] : []),
      ...(can('client-credentials') ? ['obtain-token'] : []),
    ];
    test(`does what it claims: ${deeds.join(', ')}`, async () => {
      const came = [];
      for (const what of deeds) came.push(`${what} ${(await drive(what)).outcome}`);
      expect(came.filter((words) => words.endsWith('accepted'))).toEqual(
        // It goes on with the refresh token that it had, and the second use of that ends the grant.
        deeds.slice(0, target.id === 'node/google-auth-library' ? -1 : undefined).map((what) => `${what} accepted`),
      );
    });

    test('says why it got no token, beside the path of the call', async () => {
      const mend = await client.stage.place({ fault: tokenInvalidClient(), on: 'idp', schedule: { when: 'always' } });
      const { outcome } = await drive('work', 'bob');
      await mend();
      expect(outcome).toBe('refused');
      const said = [...client.of('told'), ...client.of('page')].map(({ text }) => text).join('\n');
      expect(said).toMatch(/invalid_client|401|WWW-Authenticate|Client authentication failed/);
      const logged = can('web') ? /GET \/oauth2\/redirect: TokenError/ : /\/items\/fw-\w+(: no token| failed|: failed)/;
      await vi.waitFor(() =>
        expect(client.of('log').map(({ line }) => line)).toContainEqual(expect.stringMatching(logged)),
      );
      expect(await drive('work', 'bob')).toMatchObject({ outcome: 'accepted' });
    });
  });
}
