import type { Scenario } from '../../harness/model/scenario.ts';
import { accept, either } from '../../harness/oracles/expect.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { redeemsNothing } from '../../harness/oracles/redeems-nothing.ts';
import { redeemsOnce } from '../../harness/oracles/redeems-once.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { usesPkce } from '../../harness/oracles/uses-pkce.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { discretion, refusesResponse, saysThatNothingCame } from './expectations.ts';
import { logIn } from './stimuli.ts';

const common = { role: 'client', needs: ['code'], isolation: 'exclusive', faults: [] } as const;

/**
 * RFC 6749 §10.12: "The client MUST implement CSRF protection for its redirection URI." One that knows that the server
 * supports PKCE may leave that to it (RFC 9700 §2.1): then the code is sent with the verifier of this very browser.
 */
const scenarios: readonly Scenario[] = [
  {
    ...common,
    id: 'client/callback/of-other-session',
    cause: 'attack/csrf',
    summary: "A browser brings the response to somebody else's authorization request.",
    remedy:
      'Bind state (or the PKCE verifier and the nonce) to the session of the browser, and refuse a response to any other.',
    stimulus: [logIn({ callback: 'of-other-session' })],
    expect: refusesResponse({
      cause: 'attack/csrf',
      by: rfc6749.protectRedirection,
      codeIsSafe: anyOf(redeemsNothing(), usesPkce()),
    }),
  },
  {
    ...common,
    id: 'client/callback/twice',
    cause: 'attack/code',
    summary: 'A browser brings the right response, and then the same response again.',
    remedy: 'Forget state, verifier and code with the first response, and send no code a second time.',
    stimulus: [logIn({ callback: 'twice' })],
    // Somebody who is logged in may just see their page.
    expect: either({ safe: [redeemsOnce().by(rfc6749.useCodeOnce)], discretion }),
  },
  {
    ...common,
    id: 'client/callback/denied',
    cause: 'policy/conditional-access',
    summary: 'The user says no where the IdP asks for their consent.',
    remedy: 'Tell users that they were not logged in because they said no, and do not ask again by yourself.',
    stimulus: [logIn({ denies: true })],
    expect: saysThatNothingCame('policy/conditional-access'),
  },
  {
    ...common,
    id: 'client/callback/uses-pkce',
    cause: 'attack/code',
    summary: 'Nothing is broken: a user logs in.',
    remedy: 'Send code_challenge with S256 in every authorization request, and code_verifier with every code.',
    needs: ['code', 'pkce'],
    stimulus: [logIn()],
    expect: accept({
      safe: [usesPkce().by(rfc9700.confidentialPkce)],
      discretion,
      resilience: [survives().by(practice.survivesInput)],
    }),
  },
];

export default scenarios;
