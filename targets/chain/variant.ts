import { chainOf } from '../../harness/drivers/chain.ts';
import type { Target } from '../../harness/model/target.ts';
import chain from './reference/target.ts';
import opaqueChain from './reference-opaque/target.ts';

/** A chain with one flawed member, and the scenarios that must catch it. */
export function mutant(
  name: string,
  { opaque = false, ...flawed }: Partial<NonNullable<Target['members']>> & { readonly opaque?: boolean },
  flaw: NonNullable<Target['flaw']>,
): Target<'chain'> {
  const { members } = opaque ? opaqueChain : chain;
  const { client, gateway } = members!;
  return {
    ...chainOf({
      id: `mutant/chain/${name}`,
      summary: `The reference chain, but ${flaw.summary}`,
      client: flawed.client ?? client,
      gateway: { ...(flawed.gateway ?? gateway), capabilities: gateway.capabilities },
    }),
    flaw,
  };
}
