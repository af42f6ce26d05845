import { createHash } from 'node:crypto';
import type { Random } from '../../../harness/model/fault.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What a browser's login looks like to scripts of the IdP (OpenID Connect Session Management §3.1). */
export const browserState = ({ id }: UserSession) => sha256(`state ${id}`);

/**
 * `session_state` of an authentication response (OpenID Connect Session Management §3.1): the frame at
 * `check_session_iframe` computes the same as long as the login lasts.
 */
export function sessionState(clientId: string, redirectUri: string, session: UserSession, random: Random): string {
  const salt = random.hex(8);
  return `${sha256(`${clientId} ${new URL(redirectUri).origin} ${browserState(session)} ${salt}`)}.${salt}`;
}
