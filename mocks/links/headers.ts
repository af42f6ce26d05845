import type { Headers } from '../../harness/model/http.ts';

/** Fields that concern one connection only: an intermediary removes them (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
  'trailer',
]);

/** The header fields of a node:http message, as they came. */
export function fromRaw(raw: readonly string[]): Headers {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at] as string, raw[at + 1] as string]);
  return headers;
}

/** Name, value, name, value: the shape in which node:http and undici keep order, case and repetition. */
export function flat(headers: Headers): string[] {
  const list: string[] = [];
  for (const [name, value] of headers) list.push(name, value);
  return list;
}

/** Without the hop-by-hop fields, those that `Connection` nominates (RFC 9110 §7.6.1), and others in lower case. */
export function endToEnd(headers: Headers, also?: string, andAlso?: string): Headers {
  let nominated: Set<string> | undefined;
  let clean = true;
  for (const [name, value] of headers) {
    const field = name.toLowerCase();
    if (field === also || field === andAlso || hopByHop.has(field)) clean = false;
    if (field === 'connection') {
      nominated ??= new Set();
      for (const option of value.split(',')) nominated.add(option.trim().toLowerCase());
    }
  }
  if (clean) return headers;
  return headers.filter(([name]) => {
    const field = name.toLowerCase();
    return field !== also && field !== andAlso && !hopByHop.has(field) && !nominated?.has(field);
  });
}

/** The first value of a field. */
export function field(headers: Headers, name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}

/**
 * The fields with a `Content-Length` that says `length`, in its old place if it had one. `undefined` leaves what is
 * there, for messages whose length says nothing about bytes that follow (HEAD, 204, 304: RFC 9110 §8.6).
 */
export function framed(headers: Headers, length: number | undefined): Headers {
  const own = endToEnd(headers);
  if (length === undefined) return own;
  const value = String(length);
  let said = 0;
  let right = true;
  for (const [name, current] of own) {
    if (name.toLowerCase() !== 'content-length') continue;
    said += 1;
    right &&= current === value;
  }
  if (said === 0) return [...own, ['Content-Length', value]];
  if (said === 1 && right) return own;
  let first = true;
  return own.flatMap(([name, current]): Headers => {
    if (name.toLowerCase() !== 'content-length') return [[name, current]];
    const kept = first;
    first = false;
    return kept ? [[name, value]] : [];
  });
}
