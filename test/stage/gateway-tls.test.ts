import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { openGatewayWires } from '../../harness/stage/gateway/wires.ts';
import { createSurroundings } from '../../harness/stage/surroundings.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { clients } from '../mocks/links-clients.ts';

test('a gateway that fetches the JWK Set meets a flawed certificate on the host of the healthy IdP', async () => {
  await using surroundings = await createSurroundings();
  const seen: SeenExchange[] = [];
  const random = seeded(1, 'tls');
  await using wires = await openGatewayWires({
    neighbours: { placed: () => ({}) },
    surroundings,
    random,
    observe: (exchange) => seen.push(exchange),
    now: () => performance.now(),
  });
  const { origin, pathname } = new URL(wires.wiring.jwksUri);
  const [, undici] = clients[0]!;
  await using client = undici(origin, wires.wiring.ca.pem, '');
  const link = wires.links.get('gateway→idp')!;

  expect(await client.get(pathname)).toMatchObject({ status: 200 });
  for (const [fault, code] of [
    [tls.expiredCertificate(), 'CERT_HAS_EXPIRED'],
    [tls.unknownAuthority(), 'SELF_SIGNED_CERT_IN_CHAIN'],
    [tls.wrongHost(), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const) {
    const clear = await link.place({ fault, on: 'gateway→idp', schedule: { when: 'always' } }, random);
    expect(await client.get(pathname)).toEqual({ code });
    await clear();
    expect(seen.at(-1)).toMatchObject({ link: 'gateway→idp', end: 'tls-failed', faults: [fault.id] });
    expect(await client.get(pathname)).toMatchObject({ status: 200 });
  }
});
