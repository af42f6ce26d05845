import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { Json, JsonObject } from '../../../harness/model/json.ts';
import { halfHash } from '../../../mocks/idp/tokens/signing.ts';
import { decode, type Keys, signedBy } from '../forge-fixtures.ts';

/** What stands in answers, by name. */
export type Seen = ReadonlyMap<string, Json>;

/** An answer, or a request of the IdP's own. */
type Message = Pick<HttpAnswer, 'headers' | 'body'> & { readonly status?: number };

type Parts = Generator<readonly [name: string, value: Json]>;

/**
 * Everything in an answer, taken apart: `(status)`, `[field]` of the header, `.member` of a JSON object, and of a JWT
 * `.claim`, `#member` of its header and `(signature)`, the key that made it. Redirections and forms have `?parameter`
 * or `#parameter`. What cannot be taken apart stands there whole.
 */
export function partsOf(answer: Message, keys: Keys): Seen {
  const hashes = new Map<Json, string>();
  const reader = createReader(keys, (name, text) => hashes.set(halfHash('RS256', text), `‹hash of ${name}›`));
  const parts = [...reader.answer(answer)];
  // Tokens are others in each process, and so are their hashes: a right one is called by what it is of.
  const named = (name: string, value: Json) =>
    hashes.get(value) ?? (name.endsWith('_hash') ? '‹hash of another›' : value);
  return new Map(parts.map(([name, value]) => [name, named(name, value)]));
}

/** @param meet hears of every text */
function createReader(keys: Keys, meet: (name: string, text: string) => void) {
  function* wholeAnswer(answer: Message): Parts {
    if (answer.status !== undefined) yield ['(status)', answer.status];
    const fields = Map.groupBy(answer.headers, ([name]) => name.toLowerCase());
    for (const [name, values] of fields) {
      const texts = values.map(([, value]) => value);
      if (name === 'location') yield* location(String(texts[0]));
      else if (name === 'set-cookie') yield* cookie(String(texts[0]));
      else yield [`[${name}]`, texts.length === 1 ? String(texts[0]) : texts];
    }
    const text = Buffer.from(answer.body).toString();
    const form = /<form method="post" action="(https:[^"]*)">(.*)<noscript>/.exec(text);
    if (form) {
      yield ['(action)', String(form[1])];
      for (const [, name, value] of String(form[2]).matchAll(/name="([^"]*)" value="([^"]*)"/g))
        yield* ofText(`?${name}`, String(value));
      return;
    }
    const type = fields.get('content-type')?.[0]?.[1] ?? '';
    if (/json/.test(type)) yield* json(text);
    else if (/form/.test(type)) yield* parameters('?', text);
    else yield* ofText('(text)', text);
  }

  function* json(text: string): Parts {
    const value = parsed(text);
    // Only what JSON.stringify writes can be told by its members; two of one name would be one.
    if (isObject(value) && JSON.stringify(value) === text) yield* member('', value);
    else yield ['(text)', text];
  }

  function* member(name: string, value: Json): Parts {
    if (isObject(value)) for (const [key, inner] of Object.entries(value)) yield* member(`${name}.${key}`, inner);
    else if (isList(value)) yield* items(name, value);
    else if (typeof value === 'string') yield* ofText(name, value);
    else yield [name, value];
  }

  /** Keys by their algorithm or kid, other items by their number; and in which order they stand. */
  function* items(name: string, all: readonly JsonObject[]): Parts {
    const labels = all.map(({ kid }, at) => {
      const known = [keys.rsa, keys.ec].find((key) => key.kid === kid);
      const label = known?.alg ?? String(kid ?? at);
      return all.findIndex((item) => item.kid === kid) === at ? label : `${label} again`;
    });
    for (const [at, item] of all.entries()) yield* member(`${name}.${labels[at]}`, item);
    yield [`${name}(order)`, labels];
  }

  /** A JWT by its claims and so on; any other text as it is. */
  function* ofText(name: string, text: string): Parts {
    meet(name, text);
    const token = decode(text);
    if (isObject(token.header) && token.parts.length === 5) yield [`${name} as JWE`, token.header];
    else if (isObject(token.header) && isObject(token.payload) && token.parts.length < 4) {
      for (const [key, value] of Object.entries(token.header)) yield [`${name}#${key}`, value];
      for (const [claim, value] of Object.entries(token.payload)) yield [`${name}.${claim}`, value];
      yield [`${name}(signature)`, signedBy(token, keys)];
    } else yield [name, text];
  }

  function* location(text: string): Parts {
    const [, place, mark = '', given = ''] = /^([^?#]*)([?#]?)(.*)$/.exec(text) ?? [];
    yield ['(location)', String(place)];
    yield* parameters(mark, given);
  }

  function* parameters(mark: string, form: string): Parts {
    for (const [name, pairs] of Map.groupBy(new URLSearchParams(form), ([key]) => key)) {
      const values = pairs.map(([, value]) => value);
      if (values.length === 1) yield* ofText(`${mark}${name}`, String(values[0]));
      else yield [`${mark}${name}`, values];
    }
  }

  function* cookie(text: string): Parts {
    const [value, ...attributes] = text.split('; ');
    yield ['(cookie)', String(value)];
    yield ['[set-cookie]', attributes];
  }

  return { answer: wholeAnswer };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of objects, and not so many that nobody wants to read them. */
const isList = (value: Json): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.length < 20 && value.every(isObject);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
