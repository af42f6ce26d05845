import type { Json, JsonObject } from '../../../harness/model/json.ts';

/** The names that a JSON Pointer goes through (RFC 6901 §3, §4). */
export function namesOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at a pointer; `undefined` where nothing does. */
export function valueAt(value: Json, [name, ...rest]: readonly string[]): Json | undefined {
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return valueAt((value as JsonObject)[name] as Json, rest);
}

/** The same document with `change` applied at a pointer; `undefined` from it takes the member or element away. */
export function changedAt(
  value: Json,
  [name, ...rest]: readonly string[],
  change: (value: Json) => Json | undefined,
): Json | undefined {
  if (name === undefined) return change(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  const changed = changedAt((value as JsonObject)[name] as Json, rest, change);
  const entries = Object.entries(value).flatMap(([other, old]): [string, Json][] => {
    if (other !== name) return [[other, old]];
    return changed === undefined ? [] : [[other, changed]];
  });
  return Array.isArray(value) ? entries.map(([, element]) => element) : Object.fromEntries(entries);
}
