import { asked, postedTo } from '../../../harness/drivers/asked.ts';
import { inProcess } from '../../../harness/drivers/in-process.ts';
import type { ClientWiring, Target } from '../../../harness/model/target.ts';
import type { Duration } from '../../../harness/model/time.ts';
import { ownProcess } from '../process/own-process.ts';
import { correct, type Parts } from './parts.ts';
import { limits } from './settings.ts';

const source = 'targets/reference/client/settings.ts';
const declared = (ms: number) => ({ value: `${ms}ms` as Duration, source });

interface Habits {
  /** `false`: it takes who its user is from the ID token alone, so that nothing is stopped by UserInfo. */
  readonly asksUserInfo?: false;
}

/** The client as a target, or a variant of it with other parts and habits. */
export function clientOf(id: string, summary: string, parts?: Parts, { asksUserInfo }: Habits = {}): Target<'client'> {
  const asks = asksUserInfo !== false;
  return {
    id,
    role: 'client',
    summary,
    capabilities: [
      'client-credentials',
      'code',
      'pkce',
      'iss-response',
      'id-token',
      'id-token-signature',
      'nonce',
      ...(asks ? ['userinfo'] : []),
      'refresh',
      'discovery',
      'jwks',
      'jwks-cache',
      'calls-api',
    ],
    declares: {
      leeway: declared(limits.leeway),
      keyCache: declared(limits.keyCache),
      keyRefresh: declared(limits.keyRefresh),
      recovery: declared(2 * limits.keyRefresh),
      deadline: declared(limits.idpDeadline),
    },
    // Loaded when it starts, so that a list need not wait for it.
    driver: inProcess<ClientWiring>(
      async (wiring, io) => {
        const { startClient } = await import('./client.ts');
        const silent = async () => undefined;
        return startClient(wiring, io, asks ? parts : { ...(parts ?? correct), askUserInfo: silent });
      },
      {
        names: true,
        clock: true,
      },
    ),
  };
}

/** A client with exactly one flaw, and the scenarios that must catch it. */
export function mutant(
  name: string,
  parts: Parts,
  flaw: NonNullable<Target['flaw']>,
  habits?: Habits,
): Target<'client'> {
  return { ...clientOf(`mutant/${name}`, `The reference client, but it ${flaw.summary}`, parts, habits), flaw };
}

/** A client with exactly one flaw of its process, a module that runs before it, and the scenarios that must catch it. */
export function processMutant(name: string, module: string, flaw: NonNullable<Target['flaw']>): Target<'client'> {
  const driver = asked(ownProcess('client', module, { tls: false }), postedTo('/'));
  return { ...mutant(name, correct, flaw), driver };
}
