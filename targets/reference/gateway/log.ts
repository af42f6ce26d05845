import { createHash } from 'node:crypto';
import type { Gateway, Served } from './parts.ts';

/**
 * The log line of a request: what was asked and answered, and why. No token and no secret: a token goes by the
 * first 16 hex digits of its SHA-256, an accepted one by its `jti`.
 */
export function explain({ method, path, status, token, subject, tokenId, refusal, note }: Served): string | undefined {
  const because = refusal?.facts.because ?? note;
  const level = status >= 500 ? 'error' : because === undefined ? 'info' : 'warn';
  const line = [`level=${level} method=${method} path=${quoted(path)} status=${status}`];
  if (subject !== undefined) line.push(`sub=${quoted(subject)}`);
  if (tokenId !== undefined) line.push(`jti=${quoted(tokenId)}`);
  if (because !== undefined) {
    if (refusal?.facts.code !== undefined) line.push(`error=${refusal.facts.code}`);
    if (token !== undefined) line.push(`token=sha256:${createHash('sha256').update(token).digest('hex').slice(0, 16)}`);
    line.push(`cause="${because}"`);
  }
  return line.join(' ');
}

/** Prints a line. */
export function write(gateway: Gateway, line: string): void {
  gateway.log('stdout', line);
}

const plain = /^[\x21\x23-\x3c\x3e-\x5b\x5d-\x7e]{1,200}$/;
const quoted = (value: string) =>
  plain.test(value) ? value : JSON.stringify(value.slice(0, 200)).replaceAll(/[^\x20-\x7e]/g, '?');
