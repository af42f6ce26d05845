import { inProcess } from '../../../harness/drivers/in-process.ts';
import type { IdpWiring, Target } from '../../../harness/model/target.ts';
import type { Duration } from '../../../harness/model/time.ts';
import { ownProcess } from '../process/own-process.ts';
import type { Before, Standings } from './server.ts';
import { lifetimes } from './settings.ts';

const source = 'targets/reference/idp/settings.ts';
const declared = (seconds: number) => ({ value: `${seconds}s` as Duration, source });

/** The mock IdP as a target, or a variant of it in which these faults stand. */
export function idpOf(id: string, summary: string, faults: Standings = [], before?: Before): Target<'idp'> {
  return {
    id,
    role: 'idp',
    summary,
    capabilities: [
      'authorization-code',
      'client-credentials',
      'refresh-token',
      'refresh-rotation',
      'client-secret',
      'client-secret-jwt',
      'client-scopes',
      'leaves-out-scopes',
      'private-key-jwt',
      'client-jwks-uri',
      'request-uri',
      'request-uri-registration',
      'backchannel-logout',
      'public-clients',
      'pkce',
      'pkce-required',
      'introspection',
      'revocation',
      'userinfo',
      'openid',
      'refreshed-id-token',
      'https',
      'consent',
      'form-post',
      'dynamic-registration',
      'response-iss',
      'clock',
    ],
    declares: {
      codeLifetime: declared(lifetimes.code),
      accessTokenLifetime: declared(lifetimes.accessToken),
      refreshTokenLifetime: declared(lifetimes.refreshTokenIdle),
    },
    // Loaded when it starts, so that a list need not wait for it.
    driver: inProcess<IdpWiring>(async (wiring, io) =>
      (await import('./server.ts')).startIdp(wiring, io, faults, before),
    ),
  };
}

/** An IdP with exactly these faults, and the scenarios that must catch it. */
export function mutant(
  name: string,
  faults: Standings,
  flaw: NonNullable<Target['flaw']>,
  before?: Before,
): Target<'idp'> {
  return { ...idpOf(`mutant/idp/${name}`, `The mock IdP, but it ${flaw.summary}`, faults, before), flaw };
}

/** An IdP with exactly one flaw of its process, a module that runs before it, and the scenarios that must catch it. */
export function processMutant(name: string, module: string, flaw: NonNullable<Target['flaw']>): Target<'idp'> {
  const made = mutant(name, [], flaw);
  // The clock of a process is the machine's.
  const capabilities = made.capabilities.filter((capability) => capability !== 'clock');
  return { ...made, capabilities, driver: ownProcess('idp', module, { tls: true }) };
}
