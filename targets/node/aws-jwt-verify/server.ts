import { JwtVerifier } from 'aws-jwt-verify';
import express from 'express';
import { accessLog } from '../access-log.ts';
import { logError } from '../log.ts';
import { callApi } from '../upstream.ts';

const verifier = JwtVerifier.create({
  issuer: process.env.ISSUER!,
  audience: process.env.AUDIENCE!,
  jwksUri: process.env.JWKS_URI!,
  scope: process.env.SCOPE!,
});

const app = express();
app.use(accessLog);

app.use(async (req, res, next) => {
  try {
    // The README passes the whole header; a bearer token has its scheme in front.
    await verifier.verify(req.header('authorization')?.replace(/^Bearer /i, '') ?? '');
  } catch (error) {
    logError(req.method, req.originalUrl, error);
    res.status(403).json({ statusCode: 403, message: 'Forbidden' });
    return;
  }
  next();
});

app.use(async (req, res) => {
  const { status, contentType, body } = await callApi(req.method, req.originalUrl);
  res.status(status).type(contentType).send(body);
});

app.listen(Number(process.env.PORT), process.env.HOST!, (error) => {
  if (error) throw error;
});
