import { afterAll, beforeAll, describe, test } from 'vitest';
import { composePlan } from './catalogue.ts';
import { lexiconsFor, stagesFor } from './compose.ts';
import { properties } from './judge/judge.ts';
import type { Verdict } from './model/verdict.ts';
import type { Selection } from './run/plan.ts';
import { reasonsFor } from './run/reasons.ts';
import { openSession, type Session, type Twins } from './run/session.ts';
import { createSurroundings, type Surroundings } from './stage/surroundings.ts';

/** What to register; every member has a default. */
export interface SuiteOptions extends Omit<Selection, 'suite'> {
  /** Folder in which to look for `failwell.config.ts`. Default: the current one. */
  readonly folder?: string;
  readonly config?: string;
  /** `quick` or `full`; default `full`. */
  readonly suite?: string;
  /** Default 1, so that a test does the same each time. */
  readonly seed?: number;
  /** Milliseconds for one scenario. Default 120 000. */
  readonly timeout?: number;
  /** A test fails on `warn` and `note`, too. */
  readonly strict?: boolean;
}

/** Milliseconds for what a target needs before it starts: an image may have to be built. */
const preparation = 600_000;

/**
 * Registers scenarios as vitest tests: a `describe` a target, a `test` a scenario. A test fails on the verdicts `fail`
 * and `inconclusive`; what a target cannot meet is skipped, with the reason, and counted by reason at the end.
 *
 * ```ts
 * import { failwell } from 'failwell/vitest';
 * await failwell({ suite: 'quick' });
 * ```
 */
export async function failwell(options: SuiteOptions = {}): Promise<void> {
  const { folder = process.cwd(), config, suite, seed = 1, timeout = 120_000, strict = false, ...selection } = options;
  const bad = new Set<Verdict['value']>(['fail', 'inconclusive', ...(strict ? (['warn', 'note'] as const) : [])]);
  const plan = await composePlan({
    folder,
    ...(config !== undefined && { config }),
    selection: { ...selection, ...(suite !== undefined && { suite }) },
  });
  const lexiconOf = lexiconsFor(plan.catalogue.project);

  for (const target of plan.targets) {
    const pairs = plan.pairs.filter((pair) => pair.target === target);
    const reasons = reasonsFor(target, plan);
    describe(target.id, () => {
      for (const { scenario, why } of plan.notApplicable.filter((pair) => pair.target === target)) {
        test(scenario.id, ({ skip }) => skip(why));
      }
      let surroundings: Surroundings | undefined;
      let session: Session | undefined;
      const twins: Twins = new Map();
      beforeAll(async () => {
        // What cannot be started here, or has nothing to do, is not made ready.
        if (pairs.length === 0) return;
        await target.driver.prepare?.(() => undefined, AbortSignal.timeout(preparation));
        surroundings = await createSurroundings(plan.catalogue.project.config.hosts);
        const openStage = stagesFor(surroundings, seed);
        session = openSession({ target, name: 'vitest', openStage, lexicon: lexiconOf(target), twins });
      }, preparation);
      afterAll(async () => {
        // Reporters count what is skipped, and most do not say why.
        if (reasons.length > 0) console.info(`${target.id}, not applicable:\n  ${reasons.join('\n  ')}`);
        await session?.[Symbol.asyncDispose]();
        await surroundings?.[Symbol.asyncDispose]();
      });
      for (const { scenario } of pairs) {
        test(scenario.id, { timeout }, async ({ signal }) => {
          const { verdict } = await session!.run(scenario, () => undefined, signal);
          if (bad.has(verdict.value)) throw new Error(inWords(verdict));
        });
      }
    });
  }
}

/** A verdict as a test's message: what it is and what each property that is not in order found. */
function inWords(verdict: Verdict): string {
  const found = properties.flatMap((property) =>
    verdict.properties[property].findings
      .filter(({ value }) => value === verdict.value)
      .map(
        ({ observed, expected, requirement }) =>
          `${property}: ${observed}; expected: ${expected}\n  ${requirement.level} “${requirement.quote}” ${requirement.href}`,
      ),
  );
  return [`${verdict.value}: ${verdict.because}`, ...found].join('\n');
}
