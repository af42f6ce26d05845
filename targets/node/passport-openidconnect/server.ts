import express, { type ErrorRequestHandler } from 'express';
import session from 'express-session';
import passport from 'passport';
import OpenIDConnectStrategy from 'passport-openidconnect';
import { accessLog } from '../access-log.ts';

const { ISSUER, AUTHORIZATION_URL, TOKEN_URL, USERINFO_URL, CLIENT_ID, CLIENT_SECRET, CALLBACK_URL } = process.env;

passport.use(
  new OpenIDConnectStrategy(
    {
      issuer: ISSUER!,
      authorizationURL: AUTHORIZATION_URL!,
      tokenURL: TOKEN_URL!,
      userInfoURL: USERINFO_URL!,
      clientID: CLIENT_ID!,
      clientSecret: CLIENT_SECRET!,
      callbackURL: CALLBACK_URL!,
      scope: ['profile'],
    },
    (issuer, profile, done) => done(null, { issuer, id: profile.id, name: profile.displayName }),
  ),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const app = express();
app.use(accessLog);
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));
app.use(passport.authenticate('session'));

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const page = (body: string) => `<!doctype html><title>App</title>${body}`;

// As in todos-express-openidconnect: what the package says of a failure is shown where the user can try again.
app.get('/login', (req, res) => {
  const { messages = [] } = req.session as { messages?: string[] };
  Object.assign(req.session, { messages: [] });
  const said = messages.map((message) => `<p>${escaped(String(message))}</p>`).join('');
  res.send(page(`<h1>Sign in</h1>${said}<a href="/login/federated/openidconnect">Sign in with OpenID Connect</a>`));
});
app.get('/login/federated/openidconnect', passport.authenticate('openidconnect'));
app.get(
  '/oauth2/redirect',
  passport.authenticate('openidconnect', { successRedirect: '/', failureRedirect: '/login', failureMessage: true }),
);
app.get('/', (req, res) => {
  const { user } = req as { user?: { id: string; name?: string } };
  if (user === undefined) res.status(401).send(page('<h1>Welcome</h1><a href="/login">Sign in</a>'));
  else res.send(page(`<h1>Hello, ${escaped(user.name ?? user.id)}</h1>`));
});

const handleErrors: ErrorRequestHandler = (error, req, res, _next) => {
  console.error(`${req.method} ${req.path}:`, error);
  res.status(error.status ?? 500).send(page(`<h1>${escaped(String(error.message))}</h1>`));
};
app.use(handleErrors);

app.listen(Number(process.env.PORT), process.env.HOST!, (error) => {
  if (error) throw error;
});
