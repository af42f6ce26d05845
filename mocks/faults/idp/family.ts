import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault, Layer, Seam } from '../../../harness/model/fault.ts';

/** A member's name as ids write it: `accessToken` is `access-token`. */
export const dashed = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Makes the faults of one family: they share a seam, and a cause unless one says another. */
export function family<S extends Seam>(
  name: string,
  { seam, layer, cause: usual }: { readonly seam: S; readonly layer: Layer; readonly cause: CauseId },
) {
  return (variant: string, summary: string, apply: Fault<S>['apply'], cause = usual): Fault<S> => ({
    id: `${name}/${variant}`,
    layer,
    seam,
    cause,
    summary,
    apply,
  });
}
