import { afterEach, describe, expect, test, vi } from 'vitest';
import { lacksBrowser } from '../../harness/drivers/browser/lacks.ts';
import type { Target } from '../../harness/model/target.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { refused } from '../../mocks/faults/links/connection.ts';
import { withoutCors } from '../../mocks/faults/links/cors.ts';
import { expiredCertificate } from '../../mocks/faults/links/tls/index.ts';
import { logIn, obtainToken, openPage, revoke } from '../../scenarios/client/stimuli.ts';
import { correct } from '../../targets/reference/single-page/parts.ts';
import page from '../../targets/reference/single-page/target.ts';
import { pageOf } from '../../targets/reference/single-page/variant.ts';
import { needing } from '../machine.ts';
import { always } from './always.ts';
import { play } from './client-stage.ts';

const paths = (lines: readonly string[]) => lines.map((line) => line.replace(/\?.*/, ''));

describe('an application in a real browser', { timeout: 120_000, ...needing('browser') }, () => {
  test('logs a user in over links that listen, and its own page says so', async () => {
    await using played = await play(page, 100_000);
    expect(await played.perform(logIn({ token: 'session' }))).toMatchObject({ outcome: 'accepted', detail: '200 /' });
    expect(played.of('page').at(-1)?.text).toContain('Hello, Alice');
    expect(paths(played.on('browser→api'))).toEqual(['OPTIONS /items 204', 'GET /items 200']);
    expect(paths(played.on('browser→idp'))).toContain('POST /token 200');
    expect(played.on('client→idp')).toEqual([]);
    expect(await played.perform(openPage())).toMatchObject({ outcome: 'accepted' });
    // Another session is another browser.
    expect(await played.perform(openPage({ user: 'bob' }))).toMatchObject({ outcome: 'refused' });
    await played.perform(revoke('session'));
    expect(await played.perform(openPage())).toMatchObject({ outcome: 'refused' });
    await expect(played.perform(obtainToken())).rejects.toThrow("cannot be told to 'obtain-token'");
  });

  test('is told apart from its browser in what the console shows', async () => {
    await using played = await play(page, 100_000);
    await played.stage.place(always(withoutCors(), 'browser→idp', 'token'));
    expect(await played.perform(logIn())).toMatchObject({ outcome: 'refused' });
    expect(played.of('fault-met')).toHaveLength(1);
    const lines = (party?: string) => played.of('log').filter((entry) => entry.party === party);
    await expect.poll(() => lines('browser')).toContainEqual(expect.objectContaining({ stream: 'network' }));
    expect(lines('browser').map(({ line }) => line)).toContainEqual(expect.stringContaining('blocked by CORS policy'));
    expect(lines().map(({ line }) => line)).toContainEqual(expect.stringContaining('error: Signing in failed: POST'));
    expect(lines().map(({ line }) => line)).not.toContainEqual(expect.stringContaining('blocked by CORS policy'));
  });

  test('meets certificates and closed ports on its wires; where its user is left elsewhere is neither yes nor no', async () => {
    await using played = await play(page, 100_000);
    const mend = await played.stage.place(always(expiredCertificate(), 'browser→idp'));
    expect(await played.perform(logIn())).toMatchObject({ outcome: 'refused' });
    expect(played.of('log').map(({ line }) => line)).toContainEqual(
      expect.stringContaining('net::ERR_CERT_DATE_INVALID'),
    );
    await mend();
    const open = await played.stage.place(always(refused(), 'browser→client'));
    expect(await played.perform(logIn())).toMatchObject({
      outcome: 'indeterminate',
      detail: expect.stringContaining('the browser got no page: net::ERR_'),
    });
    await open();
    const shown = await played.stage.place(always(idp.authorizationErrorPage(), 'idp'));
    expect(await played.perform(logIn())).toMatchObject({
      outcome: 'indeterminate',
      detail: expect.stringContaining('the user was left at'),
    });
    expect(played.of('page').at(-1)).toMatchObject({ party: 'idp' });
    await shown();
    expect(await played.perform(logIn())).toMatchObject({ outcome: 'accepted' });
  });

  test('takes no response that is somebody else’s', async () => {
    await using played = await play(page, 100_000);
    expect(await played.perform(logIn({ callback: 'of-other-session' }))).toMatchObject({ outcome: 'refused' });
    expect(played.of('page').at(-1)?.text).toContain('state mismatch');
    expect(paths(played.on('browser→idp'))).not.toContain('POST /token 200');
  });

  test('that never reads the answer which it refuses has said no', async () => {
    const readJson = `async (what, url, init) => {
      const answer = await ask(url, init);
      if (!answer.ok) throw new Error(what + ' answered ' + answer.status);
      return await answer.json();
    }`;
    // Without a deadline, which would end the request after all.
    const ask = `async (url, init) => await fetch(url, { credentials: 'omit', ...init })`;
    const hasty = pageOf('acme/hasty', 'A page that looks at the head of an answer', { ...correct, ask, readJson });
    await using played = await play(hasty, 100_000);
    await played.stage.place(always(idp.errorText(), 'idp'));
    await played.stage.place(always(idp.lifetimeOf({ of: 'code', is: '0s' }), 'idp'));
    expect(await played.perform(logIn())).toMatchObject({ outcome: 'refused' });
    expect(played.of('page').at(-1)?.text).toContain('token endpoint answered 400');
  });

  test('that shows nothing has not said no', async () => {
    const blank: Target = pageOf('acme/blank', 'A page that goes blank', { ...correct, tell: '() => show("")' });
    await using played = await play(blank, 100_000);
    await played.stage.place(always(withoutCors(), 'browser→idp', 'token'));
    expect(await played.perform(logIn())).toMatchObject({ outcome: 'indeterminate', detail: 'the page is blank' });
  });
});

describe('where there is no browser', () => {
  afterEach(() => vi.unstubAllEnvs());

  test.skipIf(process.platform === 'darwin')('one sentence says what to do', () => {
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('FAILWELL_BROWSER', '/no/such/browser');
    expect(lacksBrowser()).toMatch(/^Targets with a real browser need .*name it in FAILWELL_BROWSER$/);
  });

  test.skipIf(process.platform === 'darwin')('a stage says the same', async () => {
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('FAILWELL_BROWSER', '/no/such/browser');
    await expect(play(page, 100_000)).rejects.toMatchObject({ code: 'target-not-ready' });
  });
});
