import type { Scenario } from '../../harness/model/scenario.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { redeemsNothing } from '../../harness/oracles/redeems-nothing.ts';
import { usesPkce } from '../../harness/oracles/uses-pkce.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { refusesResponse } from './expectations.ts';
import { logIn } from './stimuli.ts';

const by = rfc6749.protectRedirection;

/**
 * RFC 6749 §10.12: "The client MUST implement CSRF protection for its redirection URI." One that knows that the server
 * supports PKCE may leave that to it (RFC 9700 §2.1): then the code is sent with the verifier of this very browser.
 */
const scenario: Scenario = {
  id: 'client/callback/of-other-session',
  role: 'client',
  cause: 'attack/csrf',
  summary: "A browser brings the response to somebody else's authorization request.",
  remedy:
    'Bind state (or the PKCE verifier and the nonce) to the session of the browser, and refuse a response to any other.',
  needs: ['code'],
  isolation: 'exclusive',
  faults: [],
  stimulus: [logIn({ callback: 'of-other-session' })],
  expect: refusesResponse({ cause: 'attack/csrf', by, codeIsSafe: anyOf(redeemsNothing(), usesPkce()) }),
};

export default scenario;
