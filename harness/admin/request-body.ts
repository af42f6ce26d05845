import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/** Bytes. */
const longest = 1024 * 1024;
/** Of arrays and objects within each other. */
const deepest = 64;

/**
 * The JSON that a request carries. Rejects with a `Problem`: 415 for any other type (which is what keeps forms of web
 * pages out), 413, 400.
 */
export async function bodyOf(message: IncomingMessage): Promise<unknown> {
  const [type = ''] = (message.headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() !== 'application/json')
    throw new Problem(415, 'Content-Type must be application/json, and the body JSON: {} at least.');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longest) throw new Problem(413, `A request has at most ${longest} bytes.`);
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    const value: unknown = JSON.parse(text);
    if (depth(value) <= deepest) return value;
  } catch {
    throw new Problem(400, 'The body must be JSON in UTF-8.');
  }
  throw new Problem(400, `The body must have at most ${deepest} levels.`);
}

/** How deep a value is, as far as anybody wants to know. */
function depth(value: unknown): number {
  let level = [value];
  let found = 0;
  while (level.length > 0 && found <= deepest) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    found += 1;
  }
  return found;
}
