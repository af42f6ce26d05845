import { FailwellError } from '../../harness/model/error.ts';
import type { Call } from '../idp/outgoing.ts';
import { isLoopback } from './address.ts';

/** Milliseconds that an answer may take, and its length in bytes. */
const [patience, longest] = [10_000, 1024 * 1024];

/**
 * How an IdP makes requests of its own: to this machine, and to these hosts. Anybody may register a client, so that
 * nobody else must be within its reach.
 */
export const callTo =
  (hosts: readonly string[]): Call =>
  async ({ method, url, headers, body }) => {
    const host = new URL(url).hostname.replaceAll(/[[\]]/g, '');
    if (!isLoopback(host) && !hosts.includes(host))
      throw new FailwellError('usage', `The IdP sends nothing to ${host}: name it in the option 'hosts' if it shall.`);
    const answer = await fetch(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(method === 'POST' && { body: Buffer.from(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      if (bytes > longest) throw new FailwellError('usage', `${url} answers with more than ${longest} bytes.`);
      chunks.push(chunk);
    }
    return { status: answer.status, body: Buffer.concat(chunks) };
  };
