import type { Change, Changes } from '../../model/step.ts';
import { Impossible } from './impossible.ts';

/** Names and values in order; a name may stand more than once. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** Values that a change can name in braces. */
export type Known = { readonly [name: string]: string | undefined };

/** The values that stand in place of the right one; none when it is left out. */
export function valuesOf(change: Change | undefined, right: string, known: Known): readonly string[] {
  if (change === undefined) return [right];
  if (change === null) return [];
  if (typeof change === 'function') return [change(right)];
  return [change].flat().map((text) => filledIn(text, { ...known, right }));
}

/** `{name}` becomes the value of that name; what is not known stays as it is. */
export const filledIn = (text: string, known: Known) =>
  text.replace(/\{([\w.]+)\}/g, (whole, name: string) => known[name] ?? whole);

/**
 * The right pairs, changed; what is new comes last. Names are compared as `same` says. Throws an `Impossible` when a
 * change leaves the right value as it is: a URI without a host of two parts has no parent domain.
 */
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
    ...right.flatMap(([name, value]) => {
      const change = changeOf(name);
      const values = valuesOf(change, value, known);
      if (typeof change === 'function' && values[0] === value)
        throw new Impossible(`nothing in the right ${name} of this target can be changed like that`);
      return values.map((to) => [name, to] as const);
    }),
    ...asked
      .filter(([name]) => !names.has(same(name)))
      .flatMap(([name, change]) => valuesOf(change, '', known).map((to) => [name, to] as const)),
  ];
}
