import jwksRsa from 'jwks-rsa';
import Koa from 'koa';
import jwt from 'koa-jwt';
import { accessLog } from '../access-log.ts';
import { logError } from '../log.ts';
import { callApi } from '../upstream.ts';

const app = new Koa();

app.use((ctx, next) => {
  accessLog(ctx.req, ctx.res, () => {});
  return next();
});

// The answer is the README's; its `originalError` is the cause.
app.use((ctx, next) =>
  next().catch((error) => {
    logError(ctx.method, ctx.url, error.originalError ?? error);
    if (error.status !== 401) throw error;
    ctx.status = 401;
    ctx.body = 'Protected resource, use Authorization header to get access\n';
  }),
);

app.use(
  jwt({
    secret: jwksRsa.koaJwtSecret({
      jwksUri: process.env.JWKS_URI!,
      cache: true,
      cacheMaxEntries: 5,
      cacheMaxAge: 36_000_000, // ten hours
    }),
    audience: process.env.AUDIENCE!,
    issuer: process.env.ISSUER!,
  }),
);

app.use(async (ctx) => {
  const { status, contentType, body } = await callApi(ctx.method, ctx.url);
  ctx.status = status;
  ctx.type = contentType;
  ctx.body = body;
});

app.listen(Number(process.env.PORT), process.env.HOST);
