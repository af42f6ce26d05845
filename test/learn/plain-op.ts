import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The pages that a user comes by, in order; each goes on to the next by a POST, the last one back to the client. */
export interface PlainPage {
  readonly html: string;
  /** Fields without whose values the page comes again, with these words. */
  readonly wants?: { readonly [field: string]: string };
  readonly otherwise?: string;
  /** A field whose presence says no. */
  readonly no?: string;
}

/** An authorization server that is nothing but pages: for those that look like nobody's. */
export async function openPlainOp(pages: readonly PlainPage[]): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://op');
    const body = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
    const json = (value: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    const show = (index: number, words = '') =>
      response
        .setHeader('content-type', 'text/html')
        .end(pages[index]!.html.replace('ACTION', `/page?n=${index}&${back()}`) + words);
    const back = () =>
      String(
        new URLSearchParams({
          to: searchParams.get('redirect_uri') ?? searchParams.get('to') ?? '',
          state: searchParams.get('state') ?? '',
        }),
      );
    const leave = (said: string) =>
      response
        .writeHead(303, { location: `${searchParams.get('to')}?${said}&state=${searchParams.get('state')}` })
        .end();
    if (pathname === '/.well-known/openid-configuration')
      return json({ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` });
    if (pathname === '/token') return json({ access_token: 'a-token', token_type: 'Bearer' });
    if (pathname === '/authorize') return show(0);
    const index = Number(searchParams.get('n'));
    const { wants = {}, otherwise = '', no } = pages[index]!;
    if (no !== undefined && body.has(no)) return leave('error=access_denied');
    if (Object.entries(wants).some(([name, value]) => body.get(name) !== value)) return show(index, otherwise);
    return index + 1 < pages.length ? show(index + 1) : leave('code=a-code');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
