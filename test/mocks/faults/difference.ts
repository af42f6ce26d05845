import type { Json } from '../../../harness/model/json.ts';
import type { Travelled } from './journey.ts';
import type { Seen } from './seen.ts';

/** What has become of a part that is no longer there. */
export const gone = '‹gone›';

export interface Changes {
  readonly [change: string]: Json;
}

/**
 * `+name` added, `-name` removed, `~name` changed, each with what it is now. What is gone as a whole, a token or an
 * answer, is named as a whole, and so is a token that has come; a value that stood elsewhere before is named by its
 * place. What is still there stands in the same order.
 */
export function difference({ seen: before }: Travelled, { seen: after, rolled }: Travelled): Changes {
  const changes: { [change: string]: Json } = {};
  const shown = showing(before, rolled);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (is === undefined) changes[`-${whole(name, before, after)}`] = gone;
    else if (was === undefined) Object.assign(changes, added(name, is, before, after, shown));
    else if (JSON.stringify(was) !== JSON.stringify(is)) changes[`~${name}`] = shown(is);
  }
  const inOrder = (seen: Seen) => [...seen.keys()].filter((name) => before.has(name) && after.has(name)).join();
  if (inOrder(before) !== inOrder(after)) changes['~(order)'] = 'another';
  return changes;
}

const marks = ['.', '#', '?', '[', '('];

/** The most that is gone together with this part: `token` as a whole, or all its members, `token.*`. */
function whole(name: string, before: Seen, after: Seen): string {
  const goes = (start: string) => [...before.keys()].every((key) => !key.startsWith(start) || !after.has(key));
  for (const { index, 0: mark } of name.matchAll(/[.#?[(]/g)) {
    const start = name.slice(0, index);
    if (marks.every((each) => goes(start + each))) return start;
    if (mark !== '[' && goes(start + mark)) return `${start}${mark}*`;
  }
  return name;
}

function added(name: string, value: Json, before: Seen, after: Seen, shown: (value: Json) => Json): Changes {
  const token = [...after.keys()]
    .filter((key) => key.endsWith('(signature)') && !before.has(key))
    .map((key) => key.slice(0, -'(signature)'.length))
    .find((start) => marks.some((mark) => name.startsWith(start + mark)));
  return token ? { [`+${token}`]: `a JWT (${after.get(`${token}(signature)`)})` } : { [`+${name}`]: shown(value) };
}

/** Values as a test wants to name them. */
function showing(before: Seen, rolled: ReadonlySet<string>): (value: Json) => Json {
  const places = new Map<Json, string>();
  for (const [name, value] of before)
    if (String(value).length > 30 && !places.has(value)) places.set(value, `‹${name}›`);
  const show = (text: string) => {
    if (places.has(text)) return places.get(text);
    if ([...rolled].some((roll) => text.includes(roll))) return '‹random›';
    return text.length > 120 ? `${text.slice(0, 60)}…` : text;
  };
  return (value) =>
    JSON.parse(JSON.stringify(value), (_, part) => {
      if (Array.isArray(part) && part.length > 20) return `${part.length} items`;
      return typeof part === 'string' ? show(part) : part;
    });
}
