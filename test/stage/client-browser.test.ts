import { describe, expect, test } from 'vitest';
import { withoutCors } from '../../mocks/faults/links/cors.ts';
import { expiredCertificate } from '../../mocks/faults/links/tls/index.ts';
import { logIn, openPage } from '../../scenarios/client/stimuli.ts';
import page from '../../targets/reference/single-page/target.ts';
import { needing } from '../machine.ts';
import { always } from './always.ts';
import { play } from './client-stage.ts';

describe('a real browser', { timeout: 120_000, ...needing('browser') }, () => {
  test('a user logs in at an application that runs in it', async () => {
    await using played = await play(page);
    expect(await played.perform(logIn())).toMatchObject({ outcome: 'accepted', detail: '200 /' });
    console.log(played.on('browser→idp'), played.on('browser→api'), played.on('browser→client'), played.of('log'));
    expect(played.of('page').at(-1)?.text).toContain('Hello, Alice');
    expect(await played.perform(openPage())).toMatchObject({ outcome: 'accepted' });
    expect(await played.perform(openPage({ user: 'bob' }))).toMatchObject({ outcome: 'refused' });
  });

  test('what the browser says is not what the application says', async () => {
    await using played = await play(page);
    const mend = await played.stage.place(always(withoutCors(), 'browser→idp', 'token'));
    expect(await played.perform(logIn())).toMatchObject({ outcome: 'refused' });
    console.log(played.on('browser→idp'), played.of('log'), played.of('page'));
    await mend();
    expect(await played.perform(logIn({ user: 'bob' }))).toMatchObject({ outcome: 'accepted' });
    await played.stage.place(always(expiredCertificate(), 'browser→idp'));
    console.log(await played.perform(logIn()), played.of('log').slice(-5));
  });
});
