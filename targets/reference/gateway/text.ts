/** A value from outside for a log line: printable, quoted, and cut at 80 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return `[${value.slice(0, 5).map(shown).join(', ')}${value.length > 5 ? ', …' : ''}]`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  const printable = value.replaceAll(/[^\x20-\x7e]|["\\]/g, '?');
  return printable.length > 80 ? `'${printable.slice(0, 80)}…'` : `'${printable}'`;
}

/** Seconds since 1970 as ISO 8601; a time that no calendar holds stays a number. */
export function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : `${date.toISOString().slice(0, 19)}Z`;
}

/** What a value is, for a sentence about its type. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
