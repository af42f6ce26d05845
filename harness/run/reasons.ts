import type { Plan } from './plan.ts';

/**
 * Why scenarios are not applicable to a target, each reason once with how many it keeps away, the commonest first:
 * `12 × acme/gateway does not declare the capability opaque`.
 */
export function reasonsFor(target: Plan['targets'][number], { notApplicable }: Pick<Plan, 'notApplicable'>): string[] {
  const its = notApplicable.filter((pair) => pair.target === target);
  return [...Map.groupBy(its, ({ why }) => why)]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([why, pairs]) => `${pairs.length} × ${why}`);
}
