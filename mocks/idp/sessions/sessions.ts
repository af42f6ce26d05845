import { createHash } from 'node:crypto';
import type { Random } from '../../../harness/model/fault.ts';
import type { HttpRequest } from '../../../harness/model/http.ts';
import type { UserSession } from '../../../harness/model/issuing.ts';
import { boundedMap } from '../bounded.ts';
import { cookie, cookieName } from '../http/cookies.ts';
import type { User } from './users.ts';

/** The sessions of one issuer, at most 10,000; the oldest one is ended for a new one. */
export interface Sessions {
  /** The name of the cookie that holds a session's id. */
  readonly cookie: string;
  /**
   * @param now milliseconds since 1970
   * @param former the browser's session until now: it ends, and if it is the same user's, its clients take part in the
   * new one
   */
  start(user: User, now: number, acr: string, former?: UserSession): UserSession;
  of(request: HttpRequest): UserSession | undefined;
  /** By subject identifier. */
  ofUser(sub: string): readonly UserSession[];
  /** A client got tokens or a code in this session. */
  joined(session: UserSession, clientId: string): void;
  /** The clients that took part, each with the `sid` by which it knows the session; the latest hundred. */
  participants(session: UserSession): ReadonlyMap<string, string>;
  end(id: string): void;
}

/** What clients call a session (Front-Channel Logout §3): nobody can get its cookie from it. */
export const sidOf = ({ id }: UserSession) => createHash('sha256').update(`sid ${id}`).digest('hex').slice(0, 32);

export function createSessions(issuer: string, random: Random): Sessions {
  const sessions = boundedMap<UserSession>();
  const participants = boundedMap<Map<string, string>>();
  const name = cookieName(issuer, 'session');

  function end(id: string): void {
    sessions.delete(id);
    participants.delete(id);
  }

  return {
    cookie: name,
    start({ sub }, now, acr, former) {
      const session = { id: random.hex(32), sub, authTime: Math.floor(now / 1000), acr, amr: ['pwd'] };
      sessions.set(session.id, session);
      const others = former?.sub === sub && participants.get(former.id);
      if (others) participants.set(session.id, others);
      if (former) end(former.id);
      return session;
    },
    of: (request) => sessions.get(cookie(request, name) ?? ''),
    ofUser: (sub) => [...sessions.values()].filter((session) => session.sub === sub),
    joined(session, clientId) {
      const own = participants.get(session.id) ?? boundedMap<string>(100);
      own.delete(clientId);
      own.set(clientId, sidOf(session));
      participants.set(session.id, own);
    },
    participants: ({ id }) => participants.get(id) ?? new Map(),
    end,
  };
}
