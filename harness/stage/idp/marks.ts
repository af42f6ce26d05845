import type { Pairs } from './changes.ts';

/** One request or walk: its id is on every request of it, in the field that access logs show. */
export const marksOf = (origin: string, correlation: string, trace: string): Pairs => [
  ['Host', new URL(origin).host],
  ['User-Agent', `failwell/1 (${correlation})`],
  ['traceparent', `00-${trace}-${trace.slice(0, 16)}-01`],
];
