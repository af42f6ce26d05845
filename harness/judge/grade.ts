import type { CauseId } from '../model/cause.ts';
import type { Audience } from '../model/scenario.ts';
import type { Grade, Graded } from '../model/verdict.ts';
import { type Compiled, either, type Lexicon } from './lexicon/lexicon.ts';
import { observedAndExpected } from './lexicon/shared.ts';

/** Longer texts are graded by their beginning. */
const longest = 8192;

/** D1: something was refused or went wrong, and that is all. */
const generic =
  /\b(?:unauthori[sz]ed|unauthenticated|forbidden|denied|authentication|not authenticated|error|fail(?:ed|ure|s)?|refused|rejected|exception|bad request|not allowed|unavailable|invalid\w{0,20}|cannot|could not|unable|[45]\d\d)\b|\w(?:error|exception)\b/i;

/** Blames the token (RFC 6750 §3.1). */
const blamesToken =
  /\binvalid_token\b|\b(?:token|jwt)\b[^\n=]{0,20}\b(?:invalid|verification fail)|\binvalid (?:access )?(?:token|jwt)\b/i;

/** What was seen beside what was expected. */
const stated = either(observedAndExpected);

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
 * Makes texts comparable: without escapes of JSON and HTML, colours, stack frames, the request as a logger repeats it,
 * and the paths of the stimulus and of modules, whose words mean nothing.
 */
function plain(text: string): string {
  let line = text.length > longest ? text.slice(0, longest) : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
  if (line.includes('\u001b')) line = line.replace(/\u001b\[[\d;]{0,20}m/g, '');
  if (line.includes('\\')) line = line.replaceAll('\\n', '\n').replaceAll('\\"', '"');
  if (line.includes('&'))
    line = line.replace(/&(quot|#34|#39|#x27|lt|gt|amp);/g, (_, name: string) => entity[name] ?? '');
  if (line.includes('/items/')) line = line.replace(/\/items\/[^\s"'<>]{0,300}/g, '/');
  // Loggers that write JSON repeat the request; its addresses are the caller's and the target's own.
  if (line.includes('"req":{')) line = line.replace(/"req":\{[^{}]{0,4000}\}/g, '"req":{}');
  if (line.includes('node_modules') || line.includes('    at ')) {
    line = line
      .replace(/(?:^|\n|<br>|&nbsp;)\s{0,8}at [^\n]{0,500}/g, '\n')
      .replace(/[^\s"'()]{0,300}node_modules[^\s"'()]{0,300}/g, '');
  }
  return line;
}

/** Whether a text names the cause, and how well: 4, 3, or 0 for not at all. */
function named({ values, names }: Compiled, text: string): 0 | 3 | 4 {
  if (values?.test(text)) return 4;
  if (!names.some((pattern) => pattern.test(text))) return 0;
  return stated?.test(text) ? 4 : 3;
}

/** What a text that does not name the cause says instead. */
function otherwise(
  text: string,
  terms: Compiled,
  known: ReadonlyMap<CauseId, Compiled>,
): { readonly level: 0 | 1 | 2; readonly misleading?: string } {
  let misleading: string | undefined;
  for (const other of known.values()) {
    if (other === terms || named(other, text) === 0) continue;
    if (terms.near.has(other.cause)) return { level: 2 };
    misleading ??= other.cause;
  }
  if (misleading !== undefined) return { level: 0, misleading };
  if (terms.class?.test(text)) return { level: 2 };
  return { level: generic.test(text) ? 1 : 0 };
}

const grades: readonly Grade[] = ['D0', 'D1', 'D2', 'D3', 'D4'];
const nothing: Compiled = {
  cause: '',
  values: undefined,
  names: [],
  class: undefined,
  near: new Set(),
  blameless: false,
};

/**
 * How well texts name a cause. An operator reads lines and is helped by the best one; a caller gets one answer, so its
 * parts are read as one. A text that names another cause and not the right one misleads: D0, unless one that is D2 or
 * better stands beside it. Nothing said is D0 without a text.
 */
export function grade(options: {
  readonly cause: CauseId;
  readonly audience: Audience;
  readonly texts: readonly string[];
  readonly lexicon: Lexicon;
}): Graded {
  const { cause, audience } = options;
  const known = options.lexicon[audience];
  const terms = known.get(cause) ?? nothing;
  const texts = audience === 'caller' && options.texts.length > 1 ? [options.texts.join('\n')] : options.texts;
  const units = texts.map((text) => ({ text, line: plain(text) }));
  // The right words first: where they stand, nobody is misled, and the rest need not be read.
  let best = { level: 0, text: '' };
  for (const { text, line } of units) {
    const level = named(terms, line);
    if (level > best.level) best = { level, text };
    if (level === 4) break;
  }
  let misled: Graded | undefined;
  for (const { text, line } of best.level === 0 ? units : []) {
    const { level, misleading } = otherwise(line, terms, known);
    if (misleading !== undefined) misled ??= { grade: 'D0', text, misleading };
    if (level > best.level) best = { level, text };
    if (level === 2) break;
    if (audience === 'caller' && terms.blameless && blamesToken.test(line)) {
      misled ??= { grade: 'D0', text, misleading: 'token/*' };
    }
  }
  if (best.level < 2 && misled !== undefined) return misled;
  return best.level === 0 ? { grade: 'D0' } : { grade: grades[best.level] ?? 'D0', text: best.text };
}
