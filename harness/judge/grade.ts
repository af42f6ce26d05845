import type { CauseId } from '../model/cause.ts';
import type { Grade, Graded } from '../model/verdict.ts';
import { type Audience, type Compiled, either, type Lexicon } from './lexicon/lexicon.ts';
import { observedAndExpected } from './lexicon/shared.ts';

/** Longer texts are graded by their beginning. */
const longest = 8192;

/** D1: something was refused or went wrong, and that is all. */
const generic =
  /\b(?:unauthori[sz]ed|unauthenticated|forbidden|denied|authentication|not authenticated|error|fail(?:ed|ure|s)?|refused|rejected|exception|bad request|not allowed|unavailable|invalid\w{0,20}|cannot|could not|unable|[45]\d\d)\b|\w(?:error|exception)\b/i;

/** Blames the token (RFC 6750 §3.1). */
const blamesToken =
  /\binvalid_token\b|\b(?:token|jwt)\b[^\n=]{0,20}\b(?:invalid|verification fail)|\binvalid (?:access )?(?:token|jwt)\b/i;

const entity: { readonly [name: string]: string } = {
  quot: '"',
  '#34': '"',
  '#39': "'",
  '#x27': "'",
  lt: '<',
  gt: '>',
  amp: '&',
};

/**
 * Makes texts comparable: without escapes of JSON and HTML, colours, stack frames, and the paths of the stimulus and
 * of modules, whose words mean nothing.
 */
function plain(text: string): string {
  let line = text.length > longest ? text.slice(0, longest) : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
  if (line.includes('\u001b')) line = line.replace(/\u001b\[[\d;]{0,20}m/g, '');
  if (line.includes('\\')) line = line.replaceAll('\\n', '\n').replaceAll('\\"', '"');
  if (line.includes('&'))
    line = line.replace(/&(quot|#34|#39|#x27|lt|gt|amp);/g, (_, name: string) => entity[name] ?? '');
  if (line.includes('/items/')) line = line.replace(/\/items\/[^\s"'<>]{0,300}/g, '/');
  if (line.includes('node_modules') || line.includes('    at ')) {
    line = line
      .replace(/(?:^|\n|<br>|&nbsp;)\s{0,8}at [^\n]{0,500}/g, '\n')
      .replace(/[^\s"'()]{0,300}node_modules[^\s"'()]{0,300}/g, '');
  }
  return line;
}

interface Reading {
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly misleading?: string;
}

function names({ values, names }: Compiled, text: string): boolean {
  return values?.test(text) === true || names.some((pattern) => pattern.test(text));
}

function read(text: string, terms: Compiled | undefined, all: Iterable<Compiled>, audience: Audience): Reading {
  if (terms?.values?.test(text)) return { level: 4 };
  if (terms?.names.some((pattern) => pattern.test(text))) {
    return { level: stated?.test(text) ? 4 : 3 };
  }
  let neighbour = false;
  for (const other of all) {
    if (other === terms || !names(other, text)) continue;
    if (terms?.near.has(other.cause)) neighbour = true;
    else if (!neighbour) return { level: 0, misleading: other.cause };
  }
  if (neighbour || terms?.class?.test(text)) return { level: 2 };
  if (audience === 'caller' && terms?.blameless && blamesToken.test(text)) return { level: 0, misleading: 'token/*' };
  return { level: generic.test(text) ? 1 : 0 };
}

const stated = either(observedAndExpected);

const grades: readonly Grade[] = ['D0', 'D1', 'D2', 'D3', 'D4'];

/**
 * How well texts name a cause. An operator reads lines and is helped by the best one; a caller gets one answer, so its
 * parts are read as one. A text that names another cause and not the right one misleads: D0, unless a better one stands
 * beside it.
 */
export function grade(options: {
  readonly cause: CauseId;
  readonly audience: Audience;
  readonly texts: readonly string[];
  readonly lexicon: Lexicon;
}): Graded {
  const { cause, audience, texts } = options;
  const known = options.lexicon[audience];
  const terms = known.get(cause);
  const units = audience === 'caller' && texts.length > 1 ? [texts.join('\n')] : texts;
  let best: { readonly reading: Reading; readonly text: string } | undefined;
  let misled: typeof best;
  for (const text of units) {
    const reading = read(plain(text), terms, known.values(), audience);
    if (reading.misleading !== undefined) misled ??= { reading, text };
    else if (best === undefined || reading.level > best.reading.level) best = { reading, text };
    if (reading.level === 4) break;
  }
  const winner = misled !== undefined && (best?.reading.level ?? 0) < 2 ? misled : best;
  if (winner === undefined || (winner.reading.level === 0 && winner.reading.misleading === undefined))
    return { grade: 'D0' };
  const { level, misleading } = winner.reading;
  const graded = { grade: grades[level] ?? 'D0', text: winner.text };
  return misleading === undefined ? graded : { ...graded, misleading };
}
