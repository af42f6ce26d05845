import type { ServerResponse } from 'node:http';
import type { Scheme } from './credentials.ts';
import type { Gateway, Outgoing } from './parts.ts';
import { Refusal } from './refusal.ts';
import { algorithms } from './signature.ts';

/** Makes a refusal of whatever was thrown. Anything but a `Refusal` is a mistake of this gateway's own. */
export function classify(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { name, message } = error as Error;
  return new Refusal({
    blame: 'gateway',
    status: 500,
    code: 'server_error',
    says: 'the gateway made a mistake',
    because: `internal error: ${name}: ${message.replaceAll(/[^\x20-\x7e]|"/g, ' ').slice(0, 200)}`,
  });
}

/**
 * The answer to a request that is refused under this scheme (RFC 6750 §3, RFC 9449 §7.1). `_token` is what was sent, if it
 * was found: it has no place here.
 */
export function render({ facts }: Refusal, _token: string | undefined, scheme: Scheme): Outgoing {
  const { blame, status, code, says, scope, retryAfter } = facts;
  const parameters = ['realm="api"'];
  if (scheme === 'DPoP') parameters.push(`algs="${Object.keys(algorithms).join(' ')}"`);
  if (code !== undefined) parameters.push(`error="${code}"`, `error_description="${says}"`);
  if (scope !== undefined) parameters.push(`scope="${scope}"`);
  const body = code === undefined ? { message: says } : { error: code, error_description: says };
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(blame === 'caller' && { 'www-authenticate': `${scheme} ${parameters.join(', ')}` }),
      ...(status === 503 && { 'retry-after': String(Math.max(1, Math.ceil((retryAfter ?? 0) / 1000))) }),
    },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Sends an answer, whole. */
export function send(response: ServerResponse, { status, headers, body }: Outgoing, _gateway: Gateway): void {
  const empty = status === 204 || status === 304 || response.req.method === 'HEAD';
  const length = empty || headers['content-length'] !== undefined ? {} : { 'content-length': body.length };
  response.writeHead(status, { ...headers, ...length } as Record<string, string | string[]>);
  response.end(body);
}
