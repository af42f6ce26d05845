import type { AnyFault, Fault } from '../../../harness/model/fault.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { ProofDraft } from '../../../harness/model/token.ts';

function proofFault(
  variant: string,
  summary: string,
  claims: (draft: ProofDraft) => JsonObject,
  header: JsonObject = {},
): Fault<'dpop-proof'> {
  return {
    id: `proof/${variant}`,
    layer: 'token',
    seam: 'dpop-proof',
    cause: 'attack/sender-constraint',
    summary,
    apply: (draft) => ({
      header: { ...draft.header, ...header },
      payload: { ...draft.payload, ...claims(draft) },
    }),
  };
}

/** `htu` with a query, which RFC 9449 §4.2 leaves out and §4.3 ignores. */
export const htuWithQuery = () =>
  proofFault('htu-with-query', 'htu has a query and a fragment', ({ payload }) => ({
    htu: `${String(payload.htu)}?page=2#top`,
  }));

/** `htu` as another spelling of the same URI (RFC 3986 §6.2.2.1). */
export const htuSchemeUpperCase = () =>
  proofFault('htu-scheme-upper-case', 'htu spells its scheme in capitals', ({ payload }) => ({
    htu: String(payload.htu).replace(/^\w+(?=:)/, (scheme) => scheme.toUpperCase()),
  }));

/** Members that nobody defined (RFC 7515 §4, RFC 7519 §4). */
export const unknownMembers = () =>
  proofFault('unknown-members', 'the proof has a claim and a header member that nobody knows', () => ({ note: 'x' }), {
    note: 'x',
  });

/** Every proof fault, with its defaults. */
export const proofFaults: readonly AnyFault[] = [htuWithQuery(), htuSchemeUpperCase(), unknownMembers()];
