import { either } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { asksForPassword } from '../../harness/oracles/pages.ts';
import { redirectsWithError } from '../../harness/oracles/redirects.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { discretion, endures, grantsCode, refusesByRedirect } from './expectations.ts';
import { authorize, waitFor } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'policy/conditional-access';
const browser = 'the same';
const logIn = authorize({ browser });
const silently = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

/** OpenID Connect Core §3.1.2.1, §3.1.2.3: whether a user who has logged in before is asked again. */
export default table(
  {
    family: 'session',
    cause,
    remedy:
      'Remember when the user of a session logged in, ask again for prompt=login and when max_age is over, and never ask for prompt=none.',
    needs: ['authorization-code', 'openid'],
  },
  {
    silent: {
      summary: 'A user has logged in, and prompt is none.',
      does: [logIn, authorize({ browser, keep: 'silent', parameters: { prompt: 'none' } })],
      // What was consented to once need not count for ever.
      expect: either({
        signal: [
          anyOf(grants(), redirectsWithError('consent_required', 'interaction_required')).by(practice.tolerates),
        ],
        discretion,
        resilience: endures,
      }),
    },
    'silent-in-another-browser': {
      summary: 'A user has logged in, and prompt is none in another browser.',
      does: [logIn, authorize({ keep: 'silent', parameters: { prompt: 'none' } })],
      expect: refusesByRedirect({ cause, by: openidCore.promptNoneError, error: silently }),
    },
    'login-again': {
      summary: 'A user has logged in, and prompt is login.',
      does: [logIn, authorize({ browser, keep: 'again', parameters: { prompt: 'login' } })],
      expect: grantsCode(openidCore.promptLogin, asksForPassword().by(openidCore.promptLogin)),
    },
    'max-age-over': {
      summary: 'A user has logged in three seconds ago, and max_age is one second.',
      does: [logIn, waitFor('3s'), authorize({ browser, keep: 'again', parameters: { max_age: '1' } })],
      expect: grantsCode(openidCore.maxAgeReauthenticates, asksForPassword().by(openidCore.maxAgeReauthenticates)),
      cause: 'policy/assurance-claims',
      isolation: 'fresh',
      slow: true,
    },
    'max-age-over-silent': {
      summary: 'A user has logged in three seconds ago, max_age is one second, and prompt is none.',
      does: [
        logIn,
        waitFor('3s'),
        authorize({ browser, keep: 'silent', parameters: { max_age: '1', prompt: 'none' } }),
      ],
      expect: refusesByRedirect({ cause, by: openidCore.maxAgeReauthenticates, error: silently }),
      isolation: 'fresh',
      slow: true,
    },
  },
);
