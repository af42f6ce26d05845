import { seeded } from '../../../harness/random.ts';
import { systemClock } from '../../../mocks/clock/clock.ts';
import { createIdp, type Idp } from '../../../mocks/idp/idp.ts';
import type { SeenExchange } from '../../../mocks/links/exchange.ts';
import { openLink } from '../../../mocks/links/link.ts';
import { serving, work } from '../serving.ts';

const history: SeenExchange[] = [];
let idp: Idp | undefined;
const link = await openLink({
  name: 'client→idp',
  listen: true,
  origin: { handle: async (request) => (idp as Idp).handle(request) },
  observe(seen) {
    history.push(seen);
    if (history.length > 2000) history.splice(0, 1000);
  },
  endpointOf: (path) => (idp as Idp).endpointOf(path),
  now: () => performance.now(),
});
idp = await createIdp({
  issuer: link.url,
  audience: work.audience,
  scope: work.scope,
  clock: systemClock,
  random: seeded(1, 'bench'),
  clients: [work.client],
  lifetimes: { accessToken: work.lifetime },
  attackerUrl: 'https://attacker.example/jwks',
});
serving({ token: idp.endpoints.token, jwks: idp.endpoints.jwks });
