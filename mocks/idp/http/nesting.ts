import type { Json } from '../../../harness/model/json.ts';

/** JSON in a parameter; `undefined` when it cannot be read, or is nested so deep that writing it would fail. */
export function readJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return nestsWithin(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const nestsWithin = (value: Json, levels = 20): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((one) => nestsWithin(one, levels - 1)));
