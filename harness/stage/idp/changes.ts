import type { Change, Changes } from '../../model/step.ts';
import { Impossible } from './impossible.ts';

/** Names and values in order; a name may stand more than once. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** Values that a change can name in braces. */
export type Known = { readonly [name: string]: string | undefined };

/**
 * The values that stand in place of the right one; none when it is left out. Throws an `Impossible` when a function leaves
 * the right value as it is: a URI whose host has no dot has no parent domain.
 * @param name of what is changed
 */
export function valuesOf(name: string, change: Change | undefined, right: string, known: Known): readonly string[] {
  if (change === undefined) return [right];
  if (change === null) return [];
  if (typeof change !== 'function') return [change].flat().map((text) => filledIn(text, { ...known, right }));
  const to = change(right);
  if (to !== right) return [to];
  throw new Impossible(`nothing in the right ${name} of this target can be changed like that`);
}

/** `{name}` becomes the value of that name; what is not known stays as it is. */
export const filledIn = (text: string, known: Known) =>
  text.replace(/\{([\w.]+)\}/g, (whole, name: string) => known[name] ?? whole);

/** The right pairs, changed; what is new comes last. Names are compared as `same` says. Throws like `valuesOf`. */
export function changed(
  right: Pairs,
  changes: Changes | undefined,
  known: Known,
  same: (name: string) => string = (name) => name,
): Pairs {
  const asked = Object.entries(changes ?? {});
  const changeOf = (name: string) => asked.find(([other]) => same(other) === same(name))?.[1];
  const names = new Set(right.map(([name]) => same(name)));
  return [
    ...right.flatMap(([name, value]) => valuesOf(name, changeOf(name), value, known).map((to) => [name, to] as const)),
    ...asked
      .filter(([name]) => !names.has(same(name)))
      .flatMap(([name, change]) => valuesOf(name, change, '', known).map((to) => [name, to] as const)),
  ];
}
