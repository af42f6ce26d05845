import { inProcess } from '../../../harness/drivers/in-process.ts';
import type { Target } from '../../../harness/model/target.ts';
import type { Duration } from '../../../harness/model/time.ts';
import { ownProcess } from '../process/own-process.ts';
import { correct, type Parts } from './parts.ts';
import { limits } from './settings.ts';

const source = 'targets/reference/gateway/settings.ts';
const declared = (ms: number) => ({ value: `${ms}ms` as Duration, source });

/** The gateway as a target, or a variant of it with other parts. */
export function gatewayOf(id: string, summary: string, parts?: Parts): Target<'gateway'> {
  return {
    id,
    role: 'gateway',
    summary,
    capabilities: [
      'jwt',
      'jwks',
      'discovery',
      'audience',
      'issuer',
      'scope',
      'rs256',
      'es256',
      'rfc9068',
      'dpop',
      'opaque',
      'introspection',
      'jwks-cache',
    ],
    declares: {
      leeway: declared(limits.leeway),
      keyCache: declared(limits.keyCache),
      keyRefresh: declared(limits.keyRefresh),
      introspectionCache: declared(0),
      recovery: declared(2 * limits.keyRefresh),
      deadline: declared(limits.idpDeadline),
    },
    // Loaded when it starts, so that a list need not wait for it.
    driver: inProcess(async (wiring, io) => (await import('./server.ts')).startGateway(wiring, io, parts), {
      names: true,
      clock: true,
    }),
  };
}

/**
 * A gateway with exactly one flaw of its process, which a module begins with that runs before it, and the scenarios that
 * must catch it.
 */
export function processMutant(name: string, module: string, flaw: NonNullable<Target['flaw']>): Target<'gateway'> {
  return { ...mutant(name, correct, flaw), driver: ownProcess('gateway', module, { tls: true }) };
}

/** A gateway with exactly one flaw, and the scenarios that must catch it. */
export function mutant(name: string, parts: Parts, flaw: NonNullable<Target['flaw']>): Target<'gateway'> {
  return { ...gatewayOf(`mutant/${name}`, `The reference gateway, but it ${flaw.summary}`, parts), flaw };
}

/** A mutant that is said to be able to do other things, and the scenarios that must catch it then. */
export function given(
  name: string,
  of: Target<'gateway'>,
  capabilities: readonly string[],
  caughtBy: readonly string[],
): Target<'gateway'> {
  return { ...of, id: `mutant/${name}`, capabilities, flaw: { ...of.flaw!, caughtBy } };
}

/** A mutant that is given opaque tokens alone, and the scenarios that must catch it so. */
export function opaqueOnly(name: string, of: Target<'gateway'>, caughtBy: readonly string[]): Target<'gateway'> {
  return given(name, of, ['opaque', 'introspection', 'audience', 'scope'], caughtBy);
}
