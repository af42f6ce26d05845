import { describe, expect, test } from 'vitest';
import type { Link } from '../../harness/model/parties.ts';
import type { Step } from '../../harness/model/step.ts';
import type { Target } from '../../harness/model/target.ts';
import { resets } from '../../mocks/faults/links/connection.ts';
import { logIn, obtainToken } from '../../scenarios/client/stimuli.ts';
import { callApi, opaque } from '../../scenarios/gateway/stimuli.ts';
import { authorize, clientCredentials, readJwks, rotateClientKey } from '../../scenarios/idp/stimuli.ts';
import chain from '../../targets/chain/reference/target.ts';
import client from '../../targets/reference/client/target.ts';
import gateway from '../../targets/reference/gateway/target.ts';
import idp from '../../targets/reference/idp/target.ts';
import idpWithStore from '../../targets/reference/idp-with-store/target.ts';
import page from '../../targets/reference/single-page/target.ts';
import { needing } from '../machine.ts';
import { always } from './always.ts';
import { play } from './client-stage.ts';
import { webApplication } from './fixtures/web-application.ts';

interface Wire {
  readonly target: Target;
  /** What cannot be done without the wire, however often it was done before. */
  readonly does: readonly Step[];
}

/** Where each wire between two parties is, and what goes over it. */
const wires: { readonly [link: Link]: Wire } = {
  'caller→gateway': { target: gateway, does: [callApi()] },
  'gateway→idp': { target: gateway, does: [callApi({ token: opaque })] },
  'gateway→api': { target: gateway, does: [callApi()] },
  'client→idp': { target: client, does: [obtainToken()] },
  'client→gateway': { target: chain, does: [obtainToken()] },
  'browser→idp': { target: webApplication, does: [logIn()] },
  'browser→client': { target: webApplication, does: [logIn()] },
  'caller→idp': { target: idp, does: [readJwks()] },
  'idp→client': { target: idp, does: [rotateClientKey, clientCredentials({ client: 'key' })] },
  'idp→store': { target: idpWithStore, does: [authorize()] },
};

/** Here the browser is a real one. */
const wiresOfBrowsers: { readonly [link: Link]: Wire } = {
  'browser→api': { target: page, does: [logIn()] },
};

describe('every wire is there, is recorded, and can be broken', { timeout: 60_000 }, () => {
  test.each(Object.entries(wires))('%s', isThere);
  test.each(Object.entries(wiresOfBrowsers))('%s, from a real browser', { ...needing('browser') }, isThere);
});

test('what passes to a store is its own, without TLS of the link, from another network too', async () => {
  const reach = async () => ({ listen: '0.0.0.0', hostOf: () => 'localhost' });
  const away: Target = { ...idpWithStore, driver: { ...idpWithStore.driver, reach } };
  await isThere('idp→store', { target: away, does: [authorize()] });
});

async function isThere(link: string, { target, does }: Wire): Promise<void> {
  await using played = await play(target, 50_000);
  expect(await played.perform(...does)).toMatchObject({ outcome: 'accepted' });
  const fault = resets();
  const mend = await played.stage.place(always(fault, link as Link));
  expect((await played.perform(...does)).outcome).not.toBe('accepted');
  await mend();
  expect(await played.perform(...does)).toMatchObject({ outcome: 'accepted' });

  const seen = played.of('exchange').filter((entry) => entry.link === link);
  const changedBy = seen.map(({ exchange }) => exchange.faults);
  expect(changedBy).toContainEqual([]);
  expect(changedBy).toContainEqual([fault.id]);
  expect(played.of('fault-met').map((met) => met.fault)).toContain(fault.id);
}
