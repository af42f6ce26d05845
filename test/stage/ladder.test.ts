import { expect, test } from 'vitest';
import clientLeeway from '../../scenarios/client/leeway.ts';
import gatewayLeeway from '../../scenarios/gateway/leeway.ts';
import generousClient from '../../targets/mutants/client-generous-leeway.ts';
import skipsExp from '../../targets/mutants/client-skips-exp.ts';
import generousGateway from '../../targets/mutants/lets-expired-in-for-9m.ts';
import client from '../../targets/reference/client/target.ts';
import gateway from '../../targets/reference/gateway/target.ts';
import { play } from './client-stage.ts';

test.each([
  [gateway, gatewayLeeway, 4],
  [generousGateway, gatewayLeeway, 539],
  [client, clientLeeway, 4],
  [generousClient, clientLeeway, 539],
])('$id accepts expired tokens for as long as its leeway', async (target, { stimulus }, seconds) => {
  await using played = await play(target);
  const came = await played.perform(...stimulus);
  expect(came).toMatchObject({ outcome: 'refused', detail: `${seconds}s was accepted, ${seconds + 1}s refused` });
  const [measured] = played.of('measure');
  expect(measured).toMatchObject({ what: 'leeway', milliseconds: seconds * 1_000, declared: 5_000 });
  expect(measured).not.toHaveProperty('over');
  expect(played.of('step').filter(({ actor }) => actor !== 'rung')).toHaveLength(1);
  expect(played.of('fault-applied')).toHaveLength(played.of('fault-cleared').length);
});

test('one that accepts the most has no measured end', async () => {
  await using played = await play(skipsExp);
  expect(await played.perform(...clientLeeway.stimulus)).toMatchObject({ outcome: 'accepted' });
  expect(played.of('measure')).toMatchObject([{ what: 'leeway', milliseconds: 600_000, over: true }]);
});
