import type { Scenario } from '../../harness/model/scenario.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { staysWithin } from '../../harness/oracles/stays-within.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { onIdToken } from '../../mocks/faults/idp/index.ts';
import { expired } from '../../mocks/faults/token/expiry.ts';
import { discretion } from './expectations.ts';
import { logIn } from './stimuli.ts';

/** OpenID Connect Core §2, exp: "Implementers MAY provide for some small leeway, usually no more than a few minutes". */
const scenario: Scenario = {
  id: 'client/leeway/measured',
  role: 'client',
  cause: 'token/expired',
  summary:
    'Users log in with ID tokens that expired ever longer ago, to find how long after its expiry one still lets them in.',
  remedy: 'Set the leeway for the exp of ID tokens to a minute or two, and declare it.',
  needs: ['id-token'],
  isolation: 'exclusive',
  faults: [],
  stimulus: [
    {
      do: 'ladder',
      measure: 'leeway',
      upTo: '10m',
      // Each in a browser of their own: whoever is logged in already needs no ID token.
      rung: (by) => ({
        step: logIn({ browser: by }),
        placed: { fault: onIdToken(expired({ by })), on: 'idp', schedule: { when: 'always' } },
      }),
    },
  ],
  expect: refuse({
    safe: [staysWithin('leeway', 'leeway', '5m').by(practice.leewayAsDeclared)],
    discretion,
    resilience: [survives().by(practice.survivesInput)],
  }),
};

export default scenario;
