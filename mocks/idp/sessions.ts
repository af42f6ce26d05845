import type { Random } from '../../harness/model/fault.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import type { UserSession } from '../../harness/model/issuing.ts';
import { boundedMap } from './bounded.ts';
import { cookie, cookieName } from './cookies.ts';
import type { User } from './users.ts';

/** The sessions of one issuer, at most 10,000; the oldest one is ended for a new one. */
export interface Sessions {
  /** The name of the cookie that holds a session's id. */
  readonly cookie: string;
  /** `now` is in milliseconds since 1970. */
  start(user: User, now: number, acr: string): UserSession;
  of(request: HttpRequest): UserSession | undefined;
  end(id: string): void;
}

export function createSessions(issuer: string, random: Random): Sessions {
  const sessions = boundedMap<UserSession>();
  const name = cookieName(issuer, 'session');
  return {
    cookie: name,
    start({ sub }, now, acr) {
      const session = { id: random.hex(32), sub, authTime: Math.floor(now / 1000), acr, amr: ['pwd'] };
      sessions.set(session.id, session);
      return session;
    },
    of: (request) => sessions.get(cookie(request, name) ?? ''),
    end: (id) => void sessions.delete(id),
  };
}
