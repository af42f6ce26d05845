import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Fault } from '../../../../harness/model/fault.ts';
import type { ChainPlan, HandshakePlan, LeafPlan } from '../../../../harness/model/tls.ts';

export type TlsFault = Fault<'link/handshake'>;

/** The same on the wire, whoever is to blame for it. */
export interface Blame {
  /** Default `idp/tls-certificate`. */
  readonly cause?: CauseId;
}

/** A fault in how the link answers a ClientHello. */
export function tlsFault(
  variant: string,
  summary: string,
  { cause = 'idp/tls-certificate' }: Blame,
  changed: (plan: HandshakePlan) => Partial<HandshakePlan>,
): TlsFault {
  return {
    id: `tls/${variant}`,
    layer: 'tls',
    seam: 'link/handshake',
    cause,
    summary,
    apply: (plan) => ({ ...plan, ...changed(plan) }),
  };
}

/** A fault in the chain of certificates. */
export function chainFault(
  variant: string,
  summary: string,
  blame: Blame,
  changed: (chain: ChainPlan) => Partial<ChainPlan>,
): TlsFault {
  return tlsFault(variant, summary, blame, ({ chain }) => ({ chain: { ...chain, ...changed(chain) } }));
}

/** A fault in the server's own certificate. */
export function leafFault(variant: string, summary: string, blame: Blame, leaf: Partial<LeafPlan>): TlsFault {
  return chainFault(variant, summary, blame, (chain) => ({ leaf: { ...chain.leaf, ...leaf } }));
}
