import type { Expected, Oracle, Scenario } from '../../harness/model/scenario.ts';
import { answers } from '../../harness/oracles/answers.ts';
import { at, carriesRevoked } from '../../harness/oracles/at.ts';
import { challenges } from '../../harness/oracles/challenges.ts';
import { either } from '../../harness/oracles/expect.ts';
import { answersNoSecret, answersNoStackTrace, logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { rfc7009 } from '../../harness/requirements/rfc7009.ts';

const cause = 'token/caching';

/** The gateway answers for the request that carries the revoked token, the client for its user's. */
const gateway = (oracle: Oracle) => at('gateway', oracle, carriesRevoked);
const client = (oracle: Oracle) => at('client', oracle);

const keepsQuiet = (hop: 'client' | 'gateway'): readonly Expected[] => [
  at(hop, logsNoSecret()).by(practice.noSecretInLog),
  at(hop, answersNoSecret()).by(practice.noSecretInAnswer),
  at(hop, answersNoStackTrace()).by(practice.noStackTrace),
];

/** RFC 7009 §2.1: "the token cannot be used again after the revocation." RFC 6750 §3.1: the client may get another. */
const scenario: Scenario = {
  id: 'chain/revocation/between-two-pages',
  role: 'chain',
  cause,
  summary: "A user is logged in at a client, whose access token is revoked before the user's next page.",
  remedy:
    'The gateway asks the IdP about each token and refuses a revoked one by name; the client then gets a new one once, or sends its user to log in.',
  needs: ['introspection', '!introspection-cache'],
  isolation: 'exclusive',
  faults: [],
  stimulus: [
    { do: 'drive', what: 'log-in', with: { user: 'alice', token: 'session' } },
    { do: 'revoke', token: 'session' },
    { do: 'drive', what: 'open-page', with: { user: 'alice' } },
  ],
  expect: either({
    safe: [gateway(neverReaches('api')).by(rfc7009.takesPlaceImmediately)],
    signal: [
      gateway(challenges('Bearer')).by(rfc6750.mustChallenge),
      gateway(answers(401, 'invalid_token')).by(rfc6750.shouldSayInvalidToken),
    ],
    diagnosis: [
      gateway(names(cause)).by(practice.operatorLearnsCause),
      client(whenRefused(tellsCaller(cause))).by(practice.callerLearnsClass),
    ],
    discretion: [...keepsQuiet('client'), ...keepsQuiet('gateway')],
    resilience: [
      client(triesAtMost(3, 'gateway')).by(practice.boundedRetries),
      survives().by(practice.survivesInput),
      recovers().by(practice.recovers),
    ],
  }),
};

export default scenario;
