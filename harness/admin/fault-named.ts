import { FailwellError } from '../model/error.ts';
import type { AnyFault, FaultId } from '../model/fault.ts';
import { meant } from '../run/nearest.ts';

/** The fault with this id, from the catalogue. Throws a `FailwellError` (`usage`) that says which one may be meant. */
export async function faultNamed(id: FaultId): Promise<AnyFault> {
  // Loaded on demand: an IdP that nobody breaks starts without it.
  const { faults } = await import('../../mocks/faults/all.ts');
  const found = faults.find((fault) => fault.id === id);
  if (found) return found;
  const ids = faults.map((fault) => fault.id);
  const hint = meant(id, ids, "'failwell list faults' shows them all.");
  throw new FailwellError('usage', `There is no fault '${id}': ${hint}`);
}
