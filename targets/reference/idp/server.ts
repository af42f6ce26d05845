import type { AnyFault, PlacedFault } from '../../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { DriverIo, IdpWiring, Instance } from '../../../harness/model/target.ts';
import { seeded } from '../../../harness/random.ts';
import { makeCall } from '../../../mocks/idp/call.ts';
import { createIdp, type Idp } from '../../../mocks/idp/idp.ts';
import { openLink } from '../../../mocks/links/link.ts';
import { knownClients } from './clients.ts';
import { accessLine } from './log.ts';
import { lifetimes } from './settings.ts';

/** A fault that stands for good, everywhere or at one endpoint, at every occasion or at some. */
type Standing = AnyFault | (Pick<PlacedFault, 'fault' | 'at'> & Partial<Pick<PlacedFault, 'schedule'>>);

/** What stands; some faults need to know of whom they speak. */
export type Standings = readonly Standing[] | ((wiring: IdpWiring) => readonly Standing[]);

/** May answer a request in the place of an IdP whose clock was moved by so many milliseconds. */
export type Before = (request: HttpRequest, ahead: number) => Promise<HttpAnswer | undefined>;

/**
 * Starts the mock IdP as a server, with these faults standing for good. Rejects with a `FailwellError` when it cannot
 * listen.
 */
export async function startIdp(
  wiring: IdpWiring,
  io: DriverIo,
  faults: Standings = [],
  before: Before = async () => undefined,
): Promise<Instance> {
  const { clients, user, clock, tls, host, port } = wiring;
  const exited = Promise.withResolvers<string>();
  let ahead = 0;
  // Whoever comes while its keys are being made waits.
  const made = Promise.withResolvers<Idp>();
  const link = await openLink({
    name: 'caller→idp',
    listen: true,
    host,
    port,
    tls,
    origin: {
      async handle(request) {
        const answer = (await before(request, ahead)) ?? (await (await made.promise).handle(request));
        // RFC 9110 §6.6.1: by the clock that it has, right or wrong.
        const date = new Date(clock.now() + ahead).toUTCString();
        return { ...answer, headers: [...answer.headers, ['Date', date]] };
      },
    },
    observe: (seen) => io.log('stdout', accessLine(seen)),
    now: () => performance.now(),
  });
  const random = seeded(1, link.url);
  const idp = await createIdp({
    issuer: wiring.publicUrl ?? link.url,
    audience: wiring.audience,
    scope: wiring.scope,
    clock: { now: () => clock.now() + ahead },
    random,
    attackerUrl: `${link.url}/jwks`,
    lifetimes,
    clients: knownClients(clients),
    call: makeCall({ ca: wiring.ca.pem }),
    users: [
      {
        sub: `sub-${user.username}`,
        username: user.username,
        password: user.password,
        claims: { name: 'Alice Liddell', email: user.email, email_verified: true },
      },
    ],
  });
  for (const standing of typeof faults === 'function' ? faults(wiring) : faults) {
    const { fault, at, schedule = { when: 'always' } } = 'fault' in standing ? standing : { fault: standing };
    idp.place({ fault, on: 'idp', ...(at && { at }), schedule }, random);
  }
  made.resolve(idp);
  return {
    url: link.url,
    exited: exited.promise,
    async moveClock(milliseconds) {
      ahead = milliseconds;
    },
    async stop() {
      await link[Symbol.asyncDispose]();
      exited.resolve('was stopped');
    },
  };
}
