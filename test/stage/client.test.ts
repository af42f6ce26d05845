import { expect, test } from 'vitest';
import { shim } from '../../harness/drivers/shim.ts';
import type { ClientWiring, Target } from '../../harness/model/target.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { refused } from '../../mocks/faults/links/connection.ts';
import { expiredCertificate } from '../../mocks/faults/links/tls/index.ts';
import {
  endSessions,
  logIn,
  obtainToken,
  openPage,
  passTime,
  refresh,
  refreshTokenOf,
  revoke,
  rotateKeys,
  work,
} from '../../scenarios/client/stimuli.ts';
import reference from '../../targets/reference/client/target.ts';
import { always } from './always.ts';
import { play } from './client-stage.ts';

test('a user logs in, and every wire shows its part of it', async () => {
  await using played = await play(reference);
  expect(await played.perform(logIn())).toMatchObject({ outcome: 'accepted', detail: 'user-1 200' });
  expect(played.on('browser→idp').slice(0, 2)).toEqual(['GET /authorize 200', 'POST /authorize/interaction 303']);
  expect(played.on('client→idp')).toEqual(['POST /token 200', 'GET /userinfo 200']);
  expect(played.on('client→api').at(-1)).toMatch(/^GET \/items\/fw-\w+ 200$/);
  const step = played.of('step').at(-1)?.step;
  const own = played.of('exchange').filter(({ exchange }) => exchange.correlation === step);
  expect(own.map(({ link }) => link)).toEqual(['browser→idp', 'browser→idp', 'client→idp', 'client→idp', 'client→api']);
});

test('the same user has a session, another one has not', async () => {
  await using played = await play(reference);
  expect(await played.perform(openPage())).toMatchObject({ outcome: 'refused', detail: 'login_required' });
  expect(await played.perform(logIn(), openPage())).toMatchObject({ outcome: 'accepted' });
  expect(await played.perform(openPage({ user: 'bob' }))).toMatchObject({ outcome: 'refused' });
  expect(await played.perform(logIn({ user: 'bob' }))).toMatchObject({ detail: 'user-2 200' });
});

test('nothing of a session gets into the next history', async () => {
  await using played = await play(reference);
  await played.perform(logIn());
  played.stage.begin({ seedPath: 'next', emit: () => undefined });
  expect(await played.perform(openPage())).toMatchObject({ outcome: 'refused', detail: 'login_required' });
});

test('a user who denies, a response of another session, and one that comes twice are no logins', async () => {
  await using played = await play(reference);
  expect(await played.perform(logIn({ denies: true }))).toMatchObject({ outcome: 'refused', detail: 'access_denied' });
  const other = await played.perform(logIn({ user: 'bob', callback: 'of-other-session' }));
  expect(other).toMatchObject({ outcome: 'refused', detail: 'invalid_authorization_response' });
  expect(played.on('client→idp')).toEqual([]);
  expect(await played.perform(logIn({ callback: 'twice' }))).toMatchObject({ outcome: 'refused' });
  expect(played.on('client→idp')).toEqual(['POST /token 200', 'GET /userinfo 200']);
});

test('tokens are revoked by the names that steps gave them, and a client that may refresh goes on', async () => {
  await using played = await play(reference);
  await played.perform(logIn({ token: 'session' }), revoke('session'));
  expect(await played.perform(openPage())).toMatchObject({ outcome: 'accepted' });
  expect(
    played
      .on('client→api')
      .slice(-2)
      .map((line) => line.slice(-3)),
  ).toEqual(['401', '200']);
  expect(played.of('step').find(({ does }) => does.startsWith('revoke'))?.token).toMatch(/^‹token:access_token#\d›$/);
  await played.perform(refresh({ token: 'later' }), revoke(refreshTokenOf('later')));
  expect(await played.perform(openPage())).toMatchObject({ outcome: 'refused', detail: 'invalid_grant' });
  expect(played.of('told').at(-1)?.text).toContain('log in again');
  await expect(played.perform(revoke('nobody'))).rejects.toThrow("No token of this scenario is named 'nobody'");
});

test('time passes for what was issued, until the next control', async () => {
  await using played = await play(reference);
  await played.perform(logIn(), passTime('2h'));
  expect(await played.perform(openPage())).toMatchObject({ outcome: 'refused' });
  expect(played.on('client→api').at(-1)).toMatch(/ 401$/);
  expect(await played.stage.control('control-after', played.signal)).toMatchObject({ outcome: 'accepted' });
});

test('keys rotate, sessions end, and the client by itself needs no user', async () => {
  await using played = await play(reference);
  const kids = () =>
    new Set(
      played.of('token').flatMap(({ ref, header }) => (ref.startsWith('id_token') ? [JSON.stringify(header)] : [])),
    );
  await played.perform(logIn(), rotateKeys(), logIn());
  expect(kids().size).toBe(2);
  await played.perform(endSessions());
  await played.perform(logIn());
  expect(played.on('browser→idp').at(-1)).toBe('POST /authorize/interaction 303');
  expect(await played.perform(obtainToken())).toMatchObject({ outcome: 'accepted', detail: '200' });
});

test('the two wires to the IdP break apart, and one that refuses connections is met by the difference', async () => {
  await using played = await play(reference);
  const fault = expiredCertificate();
  const mend = await played.stage.place(always(fault, 'client→idp'));
  expect(await played.perform(work())).toMatchObject({ outcome: 'refused', detail: 'idp_unavailable' });
  await mend();
  expect(played.of('fault-met').map((met) => met.fault)).toEqual([fault.id]);
  const away = await played.stage.place(always(refused(), 'browser→idp'));
  const stranded = await played.perform(logIn());
  expect(stranded).toMatchObject({ outcome: 'indeterminate', detail: 'the browser got no answer: ECONNREFUSED' });
  await away();
  expect(played.stage.isControl(work())).toBe(true);
  expect(played.stage.isControl(logIn())).toBe(true);
  expect(played.stage.isControl(logIn({ callback: 'twice' }))).toBe(false);
  expect(played.stage.isControl(openPage())).toBe(false);
  await played.stage.place(always(refused(), 'client→idp'));
  expect(await played.perform(work())).toMatchObject({ outcome: 'refused', detail: 'idp_unavailable' });
});

test('what the client told is recorded without secrets', async () => {
  await using played = await play(reference);
  await played.stage.place(always(idp.tokenInvalidClient(), 'idp', 'token'));
  expect(await played.perform(logIn())).toMatchObject({ outcome: 'refused', detail: 'invalid_client' });
  expect(played.of('told').at(-1)?.text).toMatch(/^ClientFailure: .*invalid_client.* \(invalid_client\)$/);
  expect(JSON.stringify(played.of('exchange'))).not.toContain('cs-7d20b4e916-3fa85c02d7');
});

const silent: Target<'client'> = {
  ...reference,
  id: 'acme/silent',
  driver: {
    kind: 'test',
    start: async (wiring: ClientWiring, io) =>
      shim({ command: 'cat', args: [], lifetime: 'session' }).start(wiring, io),
  },
};

test('a client that never answers is not ready, in one sentence', async () => {
  await expect(play(silent)).rejects.toThrow(
    'acme/silent started, but its work with nothing broken came to no answer in time: check its issuer, client and redirection URI settings',
  );
});
