import type { Random } from '../../../harness/model/fault.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { boundedMap } from '../bounded.ts';
import type { Family } from '../tokens/families.ts';

/** What a client asked for and its user decides on another device (RFC 8628, CIBA Core). */
export interface PendingRequest {
  /** The only `grant_type` that gets its tokens. */
  readonly grant: string;
  readonly clientId: string;
  /** Space-delimited. */
  readonly scope: string;
  readonly acr: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The only user who may decide (CIBA Core §7.1); anybody may when absent. */
  readonly sub?: string;
  /** What the user sees on both devices (CIBA Core §7.1). */
  readonly bindingMessage?: string | undefined;
  /** Where the client wants to be told that it was decided (CIBA Core §10.2). */
  readonly notify?: { readonly endpoint: string; readonly token: string };
}

/** What the user said. */
export type Outcome = { readonly family: Family } | { readonly refusal: JsonObject; readonly status: number };

/** A request and what has become of it. */
export interface Pending {
  readonly request: PendingRequest;
  /** `device_code` or `auth_req_id`. */
  readonly id: string;
  /** The short name by which its user knows it. */
  readonly userCode?: string;
  readonly outcome?: Outcome;
  /** Its tokens were issued. */
  readonly used: boolean;
}

/** The requests of one issuer that wait for users, at most 10,000; the oldest one is forgotten. */
export interface PendingRequests {
  /** Seconds that a client has to wait between two polls, at first. */
  readonly interval: number;
  /** Returns its `device_code` or `auth_req_id`. */
  add(request: PendingRequest): string;
  /** Makes a short name by which its user knows it (RFC 8628 §3.2). */
  nameForUser(id: string): string;
  find(id: string): Pending | undefined;
  /** By the name for its user, however it is typed (RFC 8628 §6.1). */
  named(name: string): Pending | undefined;
  /** The oldest first. */
  list(): readonly Pending[];
  settle(id: string, outcome: Outcome): void;
  spend(id: string): void;
  /** Whether a poll comes too soon after the last one. If so, the client has to wait longer from now on. */
  tooSoon(id: string, now: number): boolean;
}

/** RFC 8628 §6.1: no vowels, so that no words come of them, and nothing that looks like anything else. */
const letters = [...'BCDFGHJKLMNPQRSTVWXZ'];

/** Two polls that were sent at the right distance may arrive a little nearer; milliseconds. */
const jitter = 100;

/** RFC 8628 §3.5, CIBA Core §11: seconds. */
const slowDown = 5;

export function createPendingRequests(random: Random, interval = 5): PendingRequests {
  const requests = boundedMap<Pending>();
  const userCodes = boundedMap<string>();
  const polls = boundedMap<{ readonly last: number; readonly interval: number }>();

  function change(id: string, changed: Partial<Pending>): void {
    const known = requests.get(id);
    if (known) requests.set(id, { ...known, ...changed });
  }

  return {
    interval,
    add(request) {
      const id = random.hex(32);
      requests.set(id, { request, id, used: false });
      return id;
    },
    nameForUser(id) {
      let code: string;
      do code = Array.from({ length: 8 }, () => random.pick(letters)).join('');
      while (userCodes.has(code));
      userCodes.set(code, id);
      const userCode = `${code.slice(0, 4)}-${code.slice(4)}`;
      change(id, { userCode });
      return userCode;
    },
    find: (id) => requests.get(id),
    named: (name) => requests.get(userCodes.get(asTyped(name)) ?? ''),
    list: () => [...requests.values()],
    settle: (id, outcome) => change(id, { outcome }),
    spend: (id) => change(id, { used: true }),
    tooSoon(id, now) {
      const before = polls.get(id);
      const soon = before !== undefined && now - before.last < before.interval * 1000 - jitter;
      polls.set(id, { last: now, interval: (before?.interval ?? interval) + (soon ? slowDown : 0) });
      return soon;
    },
  };
}

/** RFC 8628 §6.1: case and punctuation make no difference. */
const asTyped = (text: string) => text.toUpperCase().replaceAll(/[^A-Z]/g, '');
