import type { User } from '../../../mocks/idp/sessions/users.ts';
import { farEnd } from '../../../mocks/links/far-end.ts';
import { deadlines } from '../../model/deadlines.ts';
import { FailwellError } from '../../model/error.ts';
import type { HttpAnswer, HttpRequest } from '../../model/http.ts';
import { endpoints } from '../../model/parties.ts';
import type { DriverIo, IdpWiring, Instance, Target } from '../../model/target.ts';
import type { WantedIdp } from '../client/wires.ts';
import { discover } from '../idp/metadata.ts';
import { idpParties } from '../idp/wiring.ts';
import type { StageIdp } from '../restartable-idp.ts';
import type { Surroundings } from '../surroundings.ts';
import { targetClock } from '../target-clock.ts';

/** A real IdP behind the links of a stage, and the one user that it knows. */
export interface RealIdp extends StageIdp, AsyncDisposable {
  readonly user: User;
}

/**
 * Starts a real IdP, which is told that the links are where everybody reaches it. They break as they do before the mock one;
 * what is inside it cannot be, but for its clock where its driver can move that.
 */
export async function startRealIdp(
  options: WantedIdp & {
    readonly target: Target<'idp'>;
    /** Whom it must know besides: who asks it about tokens. */
    readonly gateway: { readonly id: string; readonly secret: string };
    readonly surroundings: Surroundings;
    readonly now: () => number;
    readonly signal: AbortSignal;
    readonly log: DriverIo['log'];
  },
): Promise<RealIdp> {
  const { target, publicUrl, client, gateway, audience, surroundings, now, log } = options;
  const { ca, tls } = surroundings;
  const clock = targetClock(surroundings.clock);
  const { clients, user, scope } = idpParties;
  const wiring: IdpWiring = {
    ...{ publicUrl, audience, scope, user, ca, tls, clock: clock.clock, host: '127.0.0.1', port: 0 },
    clients: { ...clients, confidential: client, other: { ...clients.other, ...gateway } },
  };
  const within = Math.max(target.driver.startsWithin ?? 0, deadlines.start);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(within)]);
  let instance: Instance = await target.driver.start(wiring, { log: (stream, line) => log(stream, line), signal });
  try {
    await clock.follow(instance);
    const far = await farEnd({ url: instance.url, ca: ca.pem }, now);
    const { host } = new URL(publicUrl);
    const handle = async (request: HttpRequest): Promise<HttpAnswer & { readonly faults: readonly string[] }> => {
      const headers = [
        ...request.headers.filter(([name]) => !/^(?:host|x-forwarded-.*)$/i.test(name)),
        ...Object.entries({ host, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' }),
      ];
      const { answer, failure } = await far.ask({ ...request, headers }, AbortSignal.timeout(deadlines.step), {});
      if (answer !== undefined && failure === undefined) return { ...answer, faults: [] };
      throw new Error(`${target.id} gave no answer: ${failure?.errors.far?.message ?? 'it broke off'}`);
    };
    const issuer = target.idp?.issuer?.(publicUrl) ?? publicUrl;
    const here = {
      send: async (request: HttpRequest) => ({
        exchangeId: '',
        answer: await handle(request),
        end: 'complete' as const,
      }),
    };
    const metadata = await discover(issuer, here, [], signal);
    const unable = (what: string) =>
      new FailwellError(
        'usage',
        `${target.id} is a real IdP, whose ${what} nobody here can change: leave that to the mock one.`,
      );
    return {
      issuer,
      user: { sub: user.username, ...user, claims: {} },
      endpoints: Object.fromEntries(
        endpoints.map((endpoint) => [endpoint, metadata.has(endpoint) ? metadata.at(endpoint) : '']),
      ) as unknown as StageIdp['endpoints'],
      published: [],
      get foreign(): StageIdp['foreign'] {
        throw unable('keys');
      },
      endpointOf: (path) => metadata.endpointOf(path),
      handle,
      place(placed, random) {
        if (placed.fault.seam === 'clock') return clock.place(placed, random);
        throw unable('answers');
      },
      logOut: () => Promise.reject(unable('sessions')),
      rotateKeys: () => Promise.reject(unable('keys')),
      async restart() {
        if (instance.restart === undefined) throw unable('life');
        instance = await instance.restart();
        await clock.follow(instance);
      },
      async [Symbol.asyncDispose]() {
        await far.close();
        await instance.stop();
      },
    };
  } catch (error) {
    await instance.stop();
    throw error;
  }
}
