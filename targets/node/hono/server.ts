import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { jwk } from 'hono/jwk';
import { logger } from 'hono/logger';
import { logError } from '../log.ts';
import { callApi } from '../upstream.ts';

const app = new Hono();
app.use(logger());

app.use(
  '*',
  jwk({
    jwks_uri: process.env.JWKS_URI!,
    alg: ['RS256'],
    verification: {
      iss: process.env.ISSUER!,
      aud: process.env.AUDIENCE!,
      typ: 'at+jwt',
    },
  }),
);

app.all('*', async (c) => {
  const path = c.req.url.slice(new URL(c.req.url).origin.length);
  const { status, contentType, body } = await callApi(c.req.method, path);
  return new Response(status === 204 ? null : new Uint8Array(body), {
    status,
    headers: { 'content-type': contentType },
  });
});

app.onError((error, c) => {
  logError(c.req.method, c.req.path, error);
  return error instanceof HTTPException ? error.getResponse() : c.text('Internal Server Error', 500);
});

serve({ fetch: app.fetch, hostname: process.env.HOST!, port: Number(process.env.PORT) });
