import type { Scenario } from '../../harness/model/scenario.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { answersNoSecret, answersNoStackTrace, logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { withoutCors } from '../../mocks/faults/links/cors.ts';

const cause = 'network/cors';

/**
 * Fetch Standard, CORS protocol: the answer arrives and the browser keeps it from the page, which sees the same error
 * as when the network is down. So the page cannot know the reason, but it can say which origin asked which endpoint
 * and that CORS is what to look at.
 */
const scenario: Scenario = {
  id: 'client/cors/token-endpoint',
  role: 'client',
  cause,
  summary:
    'The token endpoint answers without Access-Control-Allow-Origin, so that a page of another origin cannot read it.',
  remedy:
    'When the token request fails without an answer, name the origin and the endpoint, say that CORS is the likely reason, and do not try for ever.',
  needs: ['browser'],
  isolation: 'exclusive',
  faults: [{ fault: withoutCors(), on: 'browser→idp', at: 'token', schedule: { when: 'always' } }],
  stimulus: [{ do: 'drive', what: 'log-in', with: { user: 'alice' } }],
  expect: refuse({
    diagnosis: [names(cause).by(practice.operatorLearnsCause), tellsCaller(cause).by(practice.callerLearnsClass)],
    discretion: [
      logsNoSecret().by(practice.noSecretInLog),
      answersNoSecret().by(practice.noSecretInAnswer),
      answersNoStackTrace().by(practice.noStackTrace),
    ],
    resilience: [
      survives().by(practice.survivesInput),
      recovers().by(practice.recovers),
      triesAtMost(10, 'idp').by(practice.boundedRetries),
    ],
  }),
};

export default scenario;
