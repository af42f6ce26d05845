import express, { type ErrorRequestHandler } from 'express';
import { expressjwt, type GetVerificationKey } from 'express-jwt';
import jwksRsa from 'jwks-rsa';
import { accessLog } from '../access-log.ts';
import { logError } from '../log.ts';
import { callApi } from '../upstream.ts';

const app = express();
app.use(accessLog);

app.use(
  expressjwt({
    secret: jwksRsa.expressJwtSecret({
      cache: true,
      rateLimit: true,
      jwksRequestsPerMinute: 10,
      jwksUri: process.env.JWKS_URI!,
    }) as GetVerificationKey,
    audience: process.env.AUDIENCE!,
    issuer: process.env.ISSUER!,
    algorithms: ['RS256'],
  }),
);

app.use(async (req, res) => {
  const { status, contentType, body } = await callApi(req.method, req.originalUrl);
  res.status(status).type(contentType).send(body);
});

// The answer is the README's.
const handleErrors: ErrorRequestHandler = (error, req, res, next) => {
  logError(req.method, req.originalUrl, error);
  if (error.name === 'UnauthorizedError') res.status(401).send('invalid token...');
  else next(error);
};
app.use(handleErrors);

app.listen(Number(process.env.PORT), process.env.HOST!, (error) => {
  if (error) throw error;
});
