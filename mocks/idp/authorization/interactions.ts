import type { Random } from '../../../harness/model/fault.ts';
import type { HttpRequest } from '../../../harness/model/http.ts';
import { boundedMap } from '../bounded.ts';
import { cookie, cookieName } from '../http/cookies.ts';
import type { LogoutRequest } from '../sessions/logout-request.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** An authorization request that waits for the user. */
export interface Interaction {
  readonly request: AuthorizationRequest;
  readonly asks: 'login' | 'consent';
  /** Id of the session whose user is asked for consent. */
  readonly session?: string;
  /** The browser that the page was for: a form from any other was forged. */
  readonly browser: string;
}

/** A page of the verification URI (RFC 8628 §3.3) that waits for the user. */
export interface DeviceInteraction {
  readonly asks: 'login' | 'code' | 'decision';
  /** As the user typed it. */
  readonly userCode: string | undefined;
  /** What is to be decided: its `device_code` or `auth_req_id`. */
  readonly about?: string;
  readonly browser: string;
}

/** A logout that the user may not have asked for. */
export interface LogoutInteraction {
  readonly request: LogoutRequest;
  readonly browser: string;
}

/** What waits for users of one issuer, at most 10,000 pages; the oldest one is forgotten. */
export interface Interactions<I extends { readonly browser: string } = Interaction> {
  /** The name of the cookie that tells browsers apart. */
  readonly cookie: string;
  /** The browser that sent a request; a new one when it says nothing. */
  browser(request: HttpRequest): string;
  open(interaction: I): string;
  /** What this browser was asked, if it was. It answers once. */
  close(id: string, request: HttpRequest): I | undefined;
}

export function createInteractions<I extends { readonly browser: string } = Interaction>(
  issuer: string,
  random: Random,
): Interactions<I> {
  const waiting = boundedMap<I>();
  const name = cookieName(issuer, 'browser');
  const sent = (request: HttpRequest) => cookie(request, name);
  return {
    cookie: name,
    browser: (request) => /^[0-9a-f]{32}$/.exec(sent(request) ?? '')?.[0] ?? random.hex(16),
    open(interaction) {
      const id = random.hex(16);
      waiting.set(id, interaction);
      return id;
    },
    close(id, request) {
      const interaction = waiting.get(id);
      if (interaction?.browser !== sent(request)) return undefined;
      waiting.delete(id);
      return interaction;
    },
  };
}
