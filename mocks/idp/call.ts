import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { OutgoingAnswer, PlannedCall } from './outgoing.ts';

/** Bytes of the longest answer. */
const longest = 1024 * 1024;

/** How an IdP makes requests of its own: on a connection each, within a deadline, and with no more than a megabyte of an answer. */
export const makeCall =
  ({ ca }: { /** Whom it trusts, PEM; whomever Node does when absent. */ readonly ca?: string } = {}): PlannedCall =>
  async ({ method, url, headers, body, patience, certificate }) => {
    const signal = AbortSignal.timeout(patience);
    const tls = { ...(ca !== undefined && { ca }), rejectUnauthorized: certificate === 'checked' };
    const options = { method, headers: headers.flat(), agent: false, signal, ...tls } as const;
    return await new Promise<OutgoingAnswer>((resolve, reject) => {
      const failed = (error: Error) => reject(signal.aborted ? new Error(`no answer within ${patience} ms`) : error);
      const sent = (url.startsWith('https:') ? tlsRequest : plainRequest)(url, options, (answer) => {
        const chunks: Uint8Array[] = [];
        let bytes = 0;
        answer.on('data', (chunk: Uint8Array) => {
          bytes += chunk.length;
          chunks.push(chunk);
          if (bytes > longest) answer.destroy(new Error(`${url} answers with more than ${longest} bytes`));
        });
        answer.once('error', failed);
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
      });
      sent.once('error', failed);
      sent.end(Buffer.from(body));
    });
  };
