import OAuth2Server from '@node-oauth/oauth2-server';
import express, { type NextFunction, type Request, type Response } from 'express';
import session from 'express-session';
import { accessLog } from '../access-log.ts';
import type { IdpSettings } from '../idp-driver.ts';
import { logError } from '../log.ts';
import { createModel } from './model.ts';

declare module 'express-session' {
  interface SessionData {
    user: string;
  }
}

const settings: IdpSettings = JSON.parse(process.env.SETTINGS!);
const { user, host, port } = settings;
const oauth = new OAuth2Server({
  model: createModel(settings),
  authorizationCodeLifetime: 10,
  authenticateHandler: {
    handle: (request: { session: session.SessionData }) => ({ id: request.session.user }),
  },
});
const app = express();

app.use(accessLog);
// The pages are this application's own.
app.use((_request, response, next) => {
  response.set({ 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'" });
  next();
});
app.use(session({ secret: 'a key for signing cookies', resave: false, saveUninitialized: false }));
app.use(express.urlencoded({ extended: false }));

app
  .route('/login')
  .get((request, response) => {
    const next = encodeURIComponent(String(request.query.next ?? '/'));
    response.send(`<!doctype html><title>Log in</title><form method="post" action="/login?next=${next}">
<input name="username"><input name="password" type="password"><button>Log in</button></form>`);
  })
  .post((request, response) => {
    const next = String(request.query.next ?? '/');
    if (request.body?.username !== user.username || request.body?.password !== user.password) {
      response.status(401).send('<!doctype html><title>Log in</title>User name or password is wrong.');
      return;
    }
    request.session.user = user.username;
    // Only back to where the login came from.
    response.redirect(next.startsWith('/authorize?') ? next : '/');
  });

/** Hands a request to the library and answers with what it made, as its documentation shows. */
const serving = (does: 'authorize' | 'token') => async (request: Request, response: Response, next: NextFunction) => {
  const made = new OAuth2Server.Response(response);
  try {
    await oauth[does](new OAuth2Server.Request(request), made);
  } catch (error) {
    // What it refuses before it has read the request is for the application to answer.
    if (made.status === 200) return next(error);
    logError(request.method, request.originalUrl, error);
  }
  response.set(made.headers ?? {}).status(made.status ?? 200);
  if (made.headers?.location === undefined) response.json(made.body);
  else response.end();
};

app.all('/authorize', (request, response, next) => {
  if (request.session.user !== undefined) return serving('authorize')(request, response, next);
  response.redirect(`/login?next=${encodeURIComponent(request.originalUrl)}`);
});
app.all('/token', serving('token'));

app.use(
  (error: Error & { code?: number; status?: number }, request: Request, response: Response, _next: NextFunction) => {
    logError(request.method, request.originalUrl, error);
    // Express's own errors have a status, the library's a code.
    const status = error.status ?? (typeof error.code === 'number' ? error.code : 500);
    response.status(status).json({ error: error.name, error_description: error.message });
  },
);

app.listen(port, host);
