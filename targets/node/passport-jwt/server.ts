import express, { type ErrorRequestHandler } from 'express';
import jwksRsa from 'jwks-rsa';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { accessLog } from '../access-log.ts';
import { logError } from '../log.ts';
import { callApi } from '../upstream.ts';

passport.use(
  new Strategy(
    {
      secretOrKeyProvider: jwksRsa.passportJwtSecret({
        cache: true,
        rateLimit: true,
        jwksRequestsPerMinute: 10,
        jwksUri: process.env.JWKS_URI!,
      }),
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      audience: process.env.AUDIENCE!,
      issuer: process.env.ISSUER!,
      algorithms: ['RS256'],
    },
    (payload, done) => done(null, payload.sub ? payload : false),
  ),
);

const app = express();
app.use(accessLog);
app.use(passport.authenticate('jwt', { session: false }));

app.use(async (req, res) => {
  const { status, contentType, body } = await callApi(req.method, req.originalUrl);
  res.status(status).type(contentType).send(body);
});

const logErrors: ErrorRequestHandler = (error, req, _res, next) => {
  logError(req.method, req.originalUrl, error);
  next(error);
};
app.use(logErrors);

app.listen(Number(process.env.PORT), process.env.HOST!, (error) => {
  if (error) throw error;
});
