import type { Gateway, Incoming, Outgoing } from './parts.ts';
import { apiUnavailable } from './refusal.ts';
import type { Members } from './token.ts';
import { inWords } from './wire.ts';

/**
 * What goes on to the API. A list of what may, not of what may not: any other field might be one by which the API is
 * told who calls (`X-User`, `X_User`, `X-Original-URL`), and those are the gateway's to set.
 */
const passed =
  /^(?:accept(?:-.*)?|cache-control|content-(?:type|language|encoding)|if-.*|prefer|range|traceparent|tracestate|user-agent|x-request-id)$/;

/** Hop-by-hop fields (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Sends an admitted request on and returns the API's answer as it is, whatever its status. Throws a `Refusal` (502,
 * 504) that names the API's URL, never the token, when there is no complete answer.
 */
export async function forward(request: Incoming, claims: Members, gateway: Gateway): Promise<Outgoing> {
  const { agent, limits, wiring } = gateway;
  const api = new URL(wiring.api);
  const path = api.pathname.replace(/\/$/, '') + request.url;
  const headers: Record<string, string> =
    typeof claims.sub === 'string' ? { 'x-subject': encodeURIComponent(claims.sub) } : {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && passed.test(name)) headers[name] = value;
  }
  try {
    const answer = await agent.request({
      origin: api.origin,
      path,
      method: request.method as 'GET',
      headers,
      ...(request.body.length > 0 && { body: request.body }),
      signal: AbortSignal.timeout(limits.apiDeadline),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.apiAnswer)
        throw apiUnavailable(
          502,
          'the API behind the gateway sent too much',
          `upstream API ${wiring.api} sent more than ${limits.apiAnswer} bytes`,
        );
      chunks.push(chunk);
    }
    return { status: answer.statusCode, headers: endToEnd(answer.headers), body: Buffer.concat(chunks) };
  } catch (error) {
    const { name } = error as Error;
    if (name === 'Refusal') throw error;
    const { short, long, timedOut } = inWords(error as Error, api, {
      connect: limits.connectDeadline,
      answer: limits.apiDeadline,
    });
    throw apiUnavailable(
      timedOut ? 504 : 502,
      `the API behind the gateway did not answer: ${short}`,
      `upstream API ${wiring.api} failed: ${long}`,
    );
  }
}

function endToEnd(headers: { [name: string]: string | string[] | undefined }): Outgoing['headers'] {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name) && !named.includes(name)) kept[name] = value;
  }
  return kept;
}
