import { brokenFor, type Family, type Variant } from '../broken.ts';
import { work } from './stimuli.ts';

const onItsWork = brokenFor('client', [work()]);

/**
 * Something around the client is broken, and it does its work: its user logs in, or it gets a token by itself. A client
 * that runs in a browser has no wires but those of the browser.
 */
export function broken(common: Family, variants: { readonly [variant: string]: Variant }) {
  const wired = Object.entries(variants).map(([name, row]): [string, Variant] => {
    const { on } = { ...common, ...row };
    return [name, on.startsWith('client→') ? { ...row, needs: [...(row.needs ?? []), '!browser'] } : row];
  });
  return onItsWork(common, Object.fromEntries(wired));
}
