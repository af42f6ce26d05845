import { FailwellError } from '../../harness/model/error.ts';
import { makeCall } from '../idp/call.ts';
import type { PlannedCall } from '../idp/outgoing.ts';
import { isLoopback } from './address.ts';

const call = makeCall();

/**
 * How an IdP makes requests of its own: to this machine, and to these hosts. Anybody may register a client, so that
 * nobody else must be within its reach.
 */
export const callTo =
  (hosts: readonly string[]): PlannedCall =>
  async (plan) => {
    const host = new URL(plan.url).hostname.replaceAll(/[[\]]/g, '');
    if (!isLoopback(host) && !hosts.includes(host))
      throw new FailwellError('usage', `The IdP sends nothing to ${host}: name it in the option 'hosts' if it shall.`);
    return await call(plan);
  };
