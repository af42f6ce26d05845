import { openLink } from '../../../mocks/links/link.ts';
import { launchOffline } from '../../drivers/browser/launch.ts';
import { deadlines } from '../../model/deadlines.ts';
import type { IdpWiring, Instance } from '../../model/target.ts';
import { milliseconds } from '../../model/time.ts';
import { timeLimit } from '../../time-limit.ts';
import { requestTo } from './ask.ts';
import { type AtHand, occasionOf } from './at-hand.ts';
import { marksOf } from './marks.ts';
import { discover, metadataOf } from './metadata.ts';
import { paced } from './pace.ts';
import { type Registered, register } from './registration.ts';
import { idpParties } from './wiring.ts';

/** Opens the link to an IdP that runs, learns what it says of itself, and registers the clients where it wants that. */
export async function connectTo(instance: Instance, hand: AtHand): Promise<Registered | undefined> {
  const { target, surroundings, book, observe, now } = hand.backstage;
  const { ca } = surroundings;
  const manners = target.idp ?? {};
  const { url } = instance;
  const { origin } = new URL(url);
  const opened = await openLink({
    name: 'caller→idp',
    listen: false,
    origin: { url: origin, ...(instance.authority !== 'trusted' && { ca: instance.authority ?? ca.pem }) },
    observe(seen) {
      if (seen.response !== undefined) for (const fault of hand.clockFaults) book.meet(fault.id, 'token');
      observe(seen);
    },
    now,
    endpointOf: (path) => hand.known?.metadata.endpointOf(path) ?? 'other',
    correlationOf: ({ headers }) => /\((fw-[0-9a-f]+)\)/.exec(headers.join())?.[1],
  });
  hand.links.set('caller→idp', manners.pace === undefined ? opened : paced(opened, milliseconds(manners.pace)));
  const issuer = manners.issuer?.(url) ?? url;
  const document = manners.metadata?.(url);
  const marks = marksOf(origin, 'discovery', hand.random.hex(16));
  using limit = timeLimit(deadlines.control, new AbortController().signal);
  const metadata =
    document === undefined ? await discover(issuer, opened, marks, limit.signal) : metadataOf(issuer, document);
  hand.known = { metadata, origin, ours: instance.authority === undefined };
  hand.last = undefined;
  if (hand.byBrowser) hand.launched ??= await launchOffline();
  hand.own?.trust(metadata.issuer, async () => {
    const asked = { do: 'ask-idp', what: 'jwks' } as const;
    const { request } = requestTo(asked, undefined, occasionOf(hand, 'logout-token'));
    using within = timeLimit(deadlines.control, new AbortController().signal);
    const { answer } = await opened.send(request, { signal: within.signal });
    return JSON.parse(Buffer.from(answer?.body ?? '').toString());
  });
  if (manners.registers === undefined) return undefined;
  const { initialAccessToken } = manners.registers;
  const registered = await register({
    link: opened,
    metadata,
    wanted: idpParties.clients,
    scope: hand.scope,
    initialAccessToken,
    marks,
    signal: limit.signal,
  });
  hand.wiring = { ...hand.wiring, clients: registered.clients as IdpWiring['clients'] };
  return registered;
}
