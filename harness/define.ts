import type { Role } from './model/parties.ts';
import type { Scenario } from './model/scenario.ts';
import type { Target } from './model/target.ts';

/** Declares a component under test. One target a file, as its default export. */
export function defineTarget<T extends { [R in Role]: Target<R> }[Role]>(target: T): T {
  return target;
}

/** Declares a scenario, or a table of them, as a file's default export. */
export function defineScenarios(...scenarios: readonly Scenario[]): readonly Scenario[] {
  return scenarios;
}
