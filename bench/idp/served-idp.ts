import { type RunningIdp, startIdp } from '../../harness/idp.ts';
import { work } from './serving.ts';

/** The mock IdP as people run it, with keys for these JWS algorithms; the first one signs access tokens. */
export function servedIdp(signingAlgs: readonly [string, ...string[]]): Promise<RunningIdp> {
  const { client, audience, scope, lifetime } = work;
  return startIdp({ clients: [client], audience, scope, lifetimes: { accessToken: lifetime }, signingAlgs });
}
