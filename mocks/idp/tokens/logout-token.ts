import type { UserSession } from '../../../harness/model/issuing.ts';
import { forge } from '../../forge/forge.ts';
import type { Visit } from '../endpoint.ts';
import type { Participant } from '../sessions/logout.ts';
import { encrypted } from './encryption.ts';
import { draftFor, idTokenAlgorithm } from './signing.ts';
import { subjectFor } from './subject.ts';

/** Seconds. Back-Channel Logout §2.4: preferably at most two minutes. */
const lifetime = 120;

/**
 * Posts a logout token to every client that wants one (Back-Channel Logout §2.5), to all at once. What they answer makes
 * no difference: the session has ended.
 */
export async function tellByBackChannel(
  participants: readonly Participant[],
  session: UserSession,
  visit: Visit,
): Promise<void> {
  const { call, about } = visit;
  if (!call) return;
  const { client: asking } = about;
  const posts: (() => Promise<unknown>)[] = [];
  for (const participant of participants) {
    const url = participant.client.backchannelLogoutUri;
    if (url === undefined) continue;
    // For faults that are bound to one of the clients.
    about.client = participant.client.id;
    const form = new URLSearchParams({ logout_token: await logoutToken(participant, session, visit) });
    const headers = [['content-type', 'application/x-www-form-urlencoded']] as const;
    posts.push(() => call({ method: 'POST', url, headers, body: Buffer.from(form.toString()) }));
  }
  if (asking === undefined) delete about.client;
  else about.client = asking;
  await Promise.allSettled(posts.map((post) => post()));
}

/** Back-Channel Logout §2.4, signed (and encrypted) as the client's ID tokens are. */
async function logoutToken({ client, sid }: Participant, { sub }: UserSession, visit: Visit): Promise<string> {
  const iat = Math.floor(visit.now() / 1000);
  const payload = {
    iss: visit.issuer,
    sub: subjectFor(client, sub, visit),
    aud: client.id,
    iat,
    exp: iat + lifetime,
    jti: visit.random.hex(16),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    ...(client.backchannelLogoutSessionRequired !== false && { sid }),
  };
  const draft = await draftFor(client, { alg: idTokenAlgorithm(client, visit), typ: 'logout+jwt', payload }, visit);
  const token = await forge(visit.through('logout-token', draft));
  const { idTokenEncryptedResponseAlg: alg, idTokenEncryptedResponseEnc: enc } = client;
  return encrypted(token, { alg, enc }, client, 'JWT');
}
