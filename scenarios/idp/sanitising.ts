import type { Changes } from '../../harness/model/step.ts';
import { either } from '../../harness/oracles/expect.ts';
import { redirectsNowhere } from '../../harness/oracles/redirects.ts';
import { describesInAscii, escapesMarkup, probe, splitsNoHead } from '../../harness/oracles/sanitised.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { discretion, endures } from './expectations.ts';
import { authorize, clientCredentials, redeem, userinfo } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'attack/secrets';
/** Markup in a text, in an attribute, and after a script. */
const markup = `"'></script><${probe}>`;
const field = `x\r\n${probe}: 1`;
const odd = 'fäilwell "quoted\\" \u2028';

const asking = (parameters: Changes) => authorize({ parameters });
/** Whether it is granted is another scenario's question. */
const unmarked = either({ safe: [escapesMarkup().by(rfc6749.sanitises)], discretion, resilience: endures });
const unsplit = either({ safe: [splitsNoHead().by(rfc6749.sanitises)], discretion, resilience: endures });
const worded = (by = rfc6749.errorCharset) =>
  either({ signal: [describesInAscii().by(by)], discretion, resilience: endures });

/** RFC 6749 §10.14: "The authorization server and client MUST sanitize (and validate when possible) any value received". */
export default table(
  {
    family: 'sanitising',
    cause,
    remedy:
      'Escape whatever a page repeats for the place where it stands, encode what goes into a field, and keep error_description to printable ASCII without quotation marks.',
    needs: ['authorization-code'],
  },
  {
    'markup-in-client-id': {
      summary: 'client_id is markup, which an error page may repeat.',
      does: asking({ client_id: markup }),
      expect: unmarked,
    },
    'markup-in-redirect-uri': {
      summary: 'redirect_uri holds markup, which an error page may repeat.',
      does: asking({ redirect_uri: `https://client.failwell.test/callback?${markup}` }),
      expect: unmarked,
    },
    'markup-in-login-hint': {
      summary: 'login_hint is markup, which the login page may repeat.',
      does: asking({ login_hint: markup }),
      expect: unmarked,
      needs: ['openid'],
    },
    'markup-in-posted-state': {
      summary: 'state is markup, and comes back in a form.',
      does: asking({ state: markup, response_mode: 'form_post' }),
      expect: either({
        safe: [escapesMarkup().by(rfc6749.sanitises)],
        discretion,
        resilience: endures,
      }),
      needs: ['form-post'],
    },
    'field-in-state': {
      summary: 'state holds a line end and a field of a head.',
      does: asking({ state: field }),
      // No state has such characters (RFC 6749 appendix A.5), so that it need not come back.
      expect: unsplit,
    },
    'field-in-state-of-error': {
      summary: 'state holds a line end and a field of a head, and the response is an error.',
      does: asking({ state: field, response_type: 'failwell' }),
      expect: unsplit,
    },
    'words-of-grant-type': {
      summary: 'The grant type has quotation marks and letters beyond ASCII, which the error may repeat.',
      does: clientCredentials({ parameters: { grant_type: odd } }),
      expect: worded(),
      needs: ['client-credentials'],
    },
    'words-of-scope': {
      summary: 'The scope has quotation marks and letters beyond ASCII, which the error may repeat.',
      does: clientCredentials({ parameters: { scope: odd } }),
      expect: worded(),
      needs: ['client-credentials'],
    },
    'words-of-code': {
      summary: 'The code has quotation marks and letters beyond ASCII, which the error may repeat.',
      does: [authorize(), redeem({ parameters: { code: odd } })],
      expect: worded(),
    },
    'words-of-client': {
      summary: 'client_id has quotation marks and letters beyond ASCII, which the error may repeat.',
      does: clientCredentials({ authentication: { by: 'post', id: odd } }),
      expect: worded(),
      needs: ['client-credentials', 'client-secret'],
    },
    'words-of-response-type': {
      summary: 'The response type has quotation marks and letters beyond ASCII, which the error may repeat.',
      does: asking({ response_type: odd }),
      expect: worded(),
    },
    'words-at-userinfo': {
      summary: 'The token has quotation marks, which the challenge may repeat.',
      does: [authorize(), redeem(), userinfo({ headers: { authorization: 'Bearer fail"well\\"' } })],
      expect: worded(rfc6750.errorCharset),
      needs: ['openid', 'userinfo'],
    },
    'javascript-elsewhere': {
      summary: 'The redirect URI is a script, and nobody knows the response type.',
      does: asking({ redirect_uri: `javascript:alert('${probe}')`, response_type: 'failwell' }),
      expect: either({
        safe: [redirectsNowhere().by(rfc6749.redirectUriNotFollowed), escapesMarkup().by(rfc6749.sanitises)],
        discretion,
        resilience: endures,
      }),
    },
  },
);
