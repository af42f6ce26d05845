import type { Exchange } from '../model/exchange.ts';
import type { EntryOf, History } from '../model/history.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { exchangesOfStep, fieldValues, judgedStep, redirectedTo } from './reading.ts';

type Response = NonNullable<Exchange['response']>;

/** The name of an element and of a field that nobody but a request brings into an answer. */
export const probe = 'failwell-probe';

const answersOf = (history: History): readonly (EntryOf<'exchange'> & { readonly answer: Response })[] =>
  exchangesOfStep(history, judgedStep(history)?.step).flatMap((entry) => {
    const answer = entry.exchange.response;
    return answer === undefined ? [] : [{ ...entry, answer }];
  });

/** Looks for something that must not be in any answer to the judged step. */
function absent(
  id: string,
  expected: string,
  look: (answer: Response) => string | undefined,
  looks: NonNullable<PairableOracle['looks']>,
): PairableOracle {
  return oracle(
    id,
    (history) => {
      const answers = answersOf(history);
      for (const { seq, answer } of answers) {
        const observed = look(answer);
        if (observed !== undefined) return { holds: 'no', observed, expected, evidence: [seq] };
      }
      const evidence = answers.map(({ seq }) => seq);
      if (answers.length === 0) return { holds: 'unknown', observed: 'no answer', expected, evidence };
      return { holds: 'yes', observed: 'none was found', expected, evidence };
    },
    looks,
  );
}

const raw = /^(?:script|style|textarea|title)$/;
const name = /<(?:!--|([a-z][\w-]*))/gi;

/** Where a tag ends that is open at an index: behind the `>` that stands in no quoted value. */
function endOfTag(page: string, from: number): number {
  let quote = '';
  for (let at = from; at < page.length; at += 1) {
    const character = page.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return at + 1;
    // A quotation mark begins a value only behind an equals sign.
    else if (/["']/.test(character) && /=\s*$/.test(page.slice(Math.max(from, at - 8), at))) quote = character;
  }
  return page.length;
}

const behind = (page: string, text: string, from: number) => {
  const at = page.indexOf(text, from);
  return at < 0 ? page.length : at;
};

/** The elements of a page, as a browser would begin them: what stands in quotes, comments or scripts is none. */
function elementsOf(source: string): ReadonlySet<string> {
  const page = source.toLowerCase();
  const found = new Set<string>();
  for (let at = 0; at < page.length; ) {
    name.lastIndex = at;
    const match = name.exec(page);
    if (match === null) break;
    const [, element] = match;
    at = element === undefined ? behind(page, '-->', name.lastIndex) : endOfTag(page, name.lastIndex);
    if (element === undefined) continue;
    found.add(element);
    if (raw.test(element)) at = behind(page, `</${element}`, at);
  }
  return found;
}

/** No page of the judged step has an element that a parameter of the request brought there (CWE-79). */
export const escapesMarkup = (): PairableOracle =>
  absent(
    'escapesMarkup()',
    'pages without markup of the request',
    ({ headers, body }) => {
      const [type = 'text/html'] = fieldValues(headers, 'content-type');
      return /html|xml/i.test(type) && elementsOf(body.text).has(probe)
        ? 'a page has markup of the request'
        : undefined;
    },
    { good: `client_id '&lt;${probe}&gt;' is unknown`, bad: `client_id '<${probe}>' is unknown` },
  );

/** No answer to the judged step has a field that a parameter of the request brought there (CWE-113). */
export const splitsNoHead = (): PairableOracle =>
  absent(
    'splitsNoHead()',
    'no field of the request',
    ({ headers }) => (fieldValues(headers, probe).length > 0 ? 'a field of the request' : undefined),
    { good: 'Location: https://client.example/callback?state=x%0D%0Ay', bad: `${probe}: 1` },
  );

/** RFC 6749 §4.1.2.1, §5.2 and RFC 6750 §3 allow the same characters. */
const allowed = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;
const redacted = /‹[^›]{1,200}›/g;

/** `error` and `error_description`, wherever an answer has them. */
function told({ headers, body, ...rest }: Response): readonly string[] {
  const names = ['error', 'error_description'];
  const to = redirectedTo({ headers, body, ...rest });
  const challenges = fieldValues(headers, 'www-authenticate').flatMap((field) =>
    [...field.matchAll(/\berror(?:_description)?="((?:\\.|[^"\\])*)"/g)].map(([, value = '']) => value),
  );
  const inBody = [...body.text.matchAll(/"error(?:_description)?"\s*:\s*("(?:\\.|[^"\\])*")/g)].flatMap(
    ([, text = '']) => {
      try {
        return [String(JSON.parse(text))];
      } catch {
        return [];
      }
    },
  );
  return [...names.flatMap((name) => to?.parameters.getAll(name) ?? []), ...challenges, ...inBody];
}

/** What an answer says of an error has none but the characters that it may have. */
export const describesInAscii = (): PairableOracle =>
  absent(
    'describesInAscii()',
    'error and error_description in %x20-21 / %x23-5B / %x5D-7E',
    (answer) => {
      const wrong = told(answer).find((text) => !allowed.test(text.replaceAll(redacted, '')));
      return wrong === undefined ? undefined : `it says ${JSON.stringify(wrong.slice(0, 100))}`;
    },
    { good: `"error_description":"Scope '??' is not known"`, bad: '"error_description":"Scope \\"ü\\" is not known"' },
  );
