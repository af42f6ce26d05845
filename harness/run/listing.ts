import type { Listing } from '../model/listing.ts';
import type { Scenario } from '../model/scenario.ts';

/** What a list shows of a scenario. */
export function listing({ id, summary, role, cause, isolation, needs, expect }: Scenario): Listing {
  return { id, summary, role, cause, isolation, needs, expected: expect.outcome };
}
