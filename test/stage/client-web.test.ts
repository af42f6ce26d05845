import { expect, test } from 'vitest';
import * as idp from '../../mocks/faults/idp/index.ts';
import { refused } from '../../mocks/faults/links/connection.ts';
import { endSessions, logIn, obtainToken, openPage, passTime } from '../../scenarios/client/stimuli.ts';
import { always } from './always.ts';
import { play } from './client-stage.ts';
import { webApplication } from './fixtures/web-application.ts';

test('a user logs in at a web application, and its own page says so', async () => {
  await using played = await play(webApplication);
  expect(await played.perform(logIn())).toMatchObject({ outcome: 'accepted', detail: '200 /profile' });
  expect(played.on('browser→client').map((line) => line.replace(/\?.*/, ''))).toEqual([
    'GET /login 302',
    'GET /callback 302',
    'GET /profile 200',
    'GET /profile 200',
  ]);
  expect(played.of('page').at(-1)).toMatchObject({
    url: 'https://client.failwell.test/profile',
    text: 'Logged in as user-1',
  });
  expect(await played.perform(openPage())).toMatchObject({ outcome: 'accepted' });
  expect(await played.perform(openPage({ user: 'bob' }))).toMatchObject({
    outcome: 'refused',
    detail: 'sent to log in again',
  });
});

test('an error page is a refusal, and what it said is what its user was told', async () => {
  await using played = await play(webApplication);
  const mend = await played.stage.place(always(idp.tokenInvalidClient(), 'idp', 'token'));
  expect(await played.perform(logIn())).toMatchObject({ outcome: 'refused', detail: '500 /callback' });
  expect(played.of('page').at(-1)?.text).toContain('Your login did not work');
  await mend();
  expect(await played.perform(logIn({ denies: true, user: 'bob' }))).toMatchObject({ outcome: 'refused' });
  const other = await played.perform(logIn({ callback: 'of-other-session' }));
  expect(other).toMatchObject({ outcome: 'refused', detail: '500 /callback' });
});

test('what is not the application’s doing is neither yes nor no', async () => {
  await using played = await play(webApplication);
  const mend = await played.stage.place(always(refused(), 'browser→idp'));
  expect(await played.perform(logIn())).toMatchObject({
    outcome: 'indeterminate',
    detail: 'the browser got no answer: ECONNREFUSED',
  });
  await mend();
  const broken = await played.stage.place(always(idp.authorizationErrorPage(), 'idp'));
  expect(await played.perform(logIn())).toMatchObject({
    outcome: 'indeterminate',
    detail: expect.stringContaining('the user was left at the IdP'),
  });
  expect(played.of('page').at(-1)).toMatchObject({ party: 'idp' });
  await broken();
  expect(await played.perform(logIn())).toMatchObject({ outcome: 'accepted' });
});

test('a page whose token has run out says so, and an application cannot be told what it has no page for', async () => {
  await using played = await play(webApplication);
  await played.perform(logIn(), endSessions(), passTime('2h'));
  expect(await played.perform(openPage())).toMatchObject({ outcome: 'refused', detail: '500 /profile' });
  await expect(played.perform(obtainToken())).rejects.toThrow("A web application cannot be told to 'obtain-token'");
});
