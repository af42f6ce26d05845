import type { UserSession } from '../../../harness/model/issuing.ts';
import type { Visit } from '../endpoint.ts';
import type { Outcome, Pending } from './pending.ts';

/** Who says yes, and how that user logged in. */
type Approver = Pick<UserSession, 'sub' | 'authTime' | 'amr'>;

/** The user grants what a client asked for from another device, unless a policy is against it. */
export async function approve(pending: Pending, { sub, authTime, amr }: Approver, visit: Visit): Promise<void> {
  const { clientId, scope: asked, acr } = pending.request;
  concerning(pending, visit);
  const { scope, refusal, status = 400 } = visit.decide({ client: clientId, sub, scope: asked });
  const family = { clientId, sub, scope, authTime, acr, amr, since: visit.now() };
  await settle(pending, refusal ? { refusal, status } : { family }, visit);
}

/** RFC 8628 §3.5, CIBA Core §11. */
export async function deny(pending: Pending, visit: Visit): Promise<void> {
  concerning(pending, visit);
  const refusal = { error: 'access_denied', error_description: 'The user said no' };
  await settle(pending, { refusal, status: 400 }, visit);
}

/** Whether the user can still say something about it. */
export const isOpen = ({ outcome, request }: Pending, { now }: Visit) => !outcome && now() < request.expires;

function concerning({ id, request }: Pending, { about }: Visit): void {
  about.client = request.clientId;
  about.token = id;
}

async function settle(pending: Pending, outcome: Outcome, visit: Visit): Promise<void> {
  visit.pending.settle(pending.id, outcome);
  await ping(pending, visit);
}

/** CIBA Core §10.2. A client that cannot be reached may still ask by itself. */
async function ping({ id, request: { notify } }: Pending, { call }: Visit): Promise<void> {
  if (!notify) return;
  const headers = [
    ['content-type', 'application/json'],
    ['authorization', `Bearer ${notify.token}`],
  ] as const;
  const body = Buffer.from(JSON.stringify({ auth_req_id: id }));
  await call?.({ method: 'POST', url: notify.endpoint, headers, body }).catch(() => undefined);
}
