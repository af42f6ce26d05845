/** Control characters, format characters (bidi overrides among them) and exotic line ends. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function written(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}

/**
 * The text with every character that a terminal or a browser would obey rather than show written out: ESC becomes
 * `\x1b`, U+202E becomes `\u{202e}`. Line feeds and tabs stay. Lone surrogates become U+FFFD.
 */
function visible(text: string): string {
  return text.toWellFormed().replace(unseen, (c) => (c === '\n' || c === '\t' ? c : written(c)));
}

/** `visible` on one line, cut to `most` characters with an ellipsis. */
export function oneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const line = visible(text).replace(/\r?\n/g, '⏎').replace(/\t/g, ' ');
  return cut(line, most);
}

/** At most `most` UTF-16 units, the last one an ellipsis when something was left out. Never splits a surrogate pair. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

const entities: { readonly [c: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0 content or attributes: what §2.2 forbids is made visible, markup is escaped. */
export function xml(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (c) => entities[c]!);
}

/** Words on lines of at most `width` columns; a word that is longer stands alone on its line, unbroken. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `1 target`, `3 targets`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** Milliseconds as a person says them: `840 ms`, `12.4 s`, `3 min 20 s`. */
export function elapsed(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
