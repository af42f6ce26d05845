import type { UserSession } from '../../../harness/model/issuing.ts';
import type { Visit } from '../endpoint.ts';
import type { Client } from '../registration/client.ts';
import { tellByBackChannel } from '../tokens/logout-token.ts';
import { sidOf } from './sessions.ts';

/** A client that took part in a session, and the `sid` by which it knows it. */
export interface Participant {
  readonly client: Client;
  readonly sid: string;
}

/**
 * Ends a session: refresh tokens that were not to outlive it are revoked (Back-Channel Logout §2.7), and the clients are
 * told by the back channel. Returns the URLs by which the browser tells the others (Front-Channel Logout §3).
 */
export async function logOut(session: UserSession, visit: Visit): Promise<readonly string[]> {
  const { clients, families, sessions } = visit;
  const known = sessions.participants(session);
  const participants = [...known].flatMap(([id, sid]) => {
    const client = clients.find(id);
    return client ? [{ client, sid }] : [];
  });
  sessions.end(session.id);
  const sids = new Set([sidOf(session), ...known.values()]);
  families.revokeWhere(({ sid, scope }) => sids.has(sid ?? '') && !scope.split(' ').includes('offline_access'));
  await tellByBackChannel(participants, session, visit);
  return participants.flatMap((each) => frontChannel(each, visit.issuer));
}

function frontChannel({ client, sid }: Participant, iss: string): readonly string[] {
  const { frontchannelLogoutUri: uri, frontchannelLogoutSessionRequired: required } = client;
  if (uri === undefined) return [];
  if (required === false) return [uri];
  return [`${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ iss, sid })}`];
}
