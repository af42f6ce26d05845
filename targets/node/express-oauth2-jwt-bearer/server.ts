import express, { type ErrorRequestHandler } from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { accessLog } from '../access-log.ts';
import { logError } from '../log.ts';
import { callApi } from '../upstream.ts';

const app = express();
app.use(accessLog);

// The issuer's URL and the audience come from ISSUER_BASE_URL and AUDIENCE, as its README sets them.
app.use(auth());
app.use(requiredScopes(process.env.SCOPE!));

app.use(async (req, res) => {
  const { status, contentType, body } = await callApi(req.method, req.originalUrl);
  res.status(status).type(contentType).send(body);
});

// The answer is that of Express's own error handler, as the README has it.
const logErrors: ErrorRequestHandler = (error, req, _res, next) => {
  logError(req.method, req.originalUrl, error);
  next(error);
};
app.use(logErrors);

app.listen(Number(process.env.PORT), process.env.HOST!, (error) => {
  if (error) throw error;
});
