import { FailwellError } from '../../../harness/model/error.ts';
import type { Endpoint } from '../../../harness/model/parties.ts';
import type { Household, Visit } from '../endpoint.ts';
import { cibaType } from '../grants/ciba.ts';
import { approve, deny, isOpen } from './approval.ts';
import type { Pending } from './pending.ts';

/** A request that waits for its user on another device (RFC 8628, CIBA Core). */
export interface OpenRequest {
  /** `device_code` or `auth_req_id`. */
  readonly id: string;
  /** What the user would type (RFC 8628 §3.2). */
  readonly userCode?: string;
  /** Id of the client that asks. */
  readonly client: string;
  /** Space-delimited. */
  readonly scope: string;
  /** Subject identifier of the only user who may decide; anybody may when absent. */
  readonly sub?: string;
  /** CIBA Core §7.1. */
  readonly bindingMessage?: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** The oldest first. */
export const openRequests = (visit: Visit): readonly OpenRequest[] =>
  visit.pending
    .list()
    .filter((each) => isOpen(each, visit))
    .map(({ id, userCode, request: { clientId: client, scope, sub, bindingMessage, expires } }) => ({
      ...{ id, client, scope, expires },
      ...(userCode !== undefined && { userCode }),
      ...(sub !== undefined && { sub }),
      ...(bindingMessage !== undefined && { bindingMessage }),
    }));

const waiting = (code: string, { pending }: Pick<Household, 'pending'>) => pending.find(code) ?? pending.named(code);

/** Where it was asked for. */
export const askedAt = (code: string, household: Pick<Household, 'pending'>): Endpoint =>
  waiting(code, household)?.request.grant === cibaType ? 'backchannel-authentication' : 'device-authorization';

/** Throws a `FailwellError` (`usage`) when nothing waits there, or not for this user. */
export async function approveWithoutPage(code: string, username: string | undefined, visit: Visit): Promise<void> {
  const { users, now } = visit;
  const pending = open(code, visit);
  const { sub } = pending.request;
  const user = username === undefined ? (sub === undefined ? users.first() : users.find(sub)) : users.named(username);
  if (!user) throw new FailwellError('usage', `There is no user '${username ?? sub}': name one of the option 'users'.`);
  if (sub !== undefined && user.sub !== sub)
    throw new FailwellError('usage', `The client asks another user than '${username}': leave the name out.`);
  await approve(pending, { sub: user.sub, authTime: Math.floor(now() / 1000), amr: ['pwd'] }, visit);
}

/** Throws a `FailwellError` (`usage`) when nothing waits there. */
export const denyWithoutPage = async (code: string, visit: Visit) => deny(open(code, visit), visit);

function open(code: string, visit: Visit): Pending {
  const found = waiting(code, visit);
  if (found && isOpen(found, visit)) return found;
  throw new FailwellError('usage', `Nothing waits for a user under '${code}': name a user_code or id of pending().`);
}
