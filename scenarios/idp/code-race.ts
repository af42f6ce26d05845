import type { Scenario } from '../../harness/model/scenario.ts';
import { acceptsAtMost } from '../../harness/oracles/accepts-at-most.ts';
import { answers, answersNoServerError } from '../../harness/oracles/answers.ts';
import { everyRefused } from '../../harness/oracles/every-refused.ts';
import { either } from '../../harness/oracles/expect.ts';
import { answersNoStackTrace, logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { authorize, redeem } from './stimuli.ts';

const cause = 'attack/code';

/** RFC 6749 §4.1.2: a code that "is used more than once" must be denied, also when both uses come at once. */
const scenario: Scenario = {
  id: 'idp/code-race/parallel',
  role: 'idp',
  cause,
  summary: 'One authorization code is redeemed several times at once.',
  remedy: 'Take the code out of the store in one atomic step before anything is issued for it.',
  needs: ['authorization-code'],
  isolation: 'shared',
  faults: [],
  stimulus: [
    authorize(),
    { do: 'parallel', steps: ['first', 'second', 'third', 'fourth'].map((actor) => ({ actor, step: redeem() })) },
  ],
  // One may win, or none: a server that sees the reuse in time may deny them all.
  expect: either({
    safe: [acceptsAtMost(1).by(rfc6749.codeUsedOnce)],
    signal: [
      everyRefused(answers(400, 'invalid_grant')).by(rfc6749.errorAnswer400),
      everyRefused(answersNoServerError()).by(practice.survivesInput),
    ],
    diagnosis: [
      names(cause).by(practice.operatorLearnsCause),
      everyRefused(tellsCaller(cause)).by(practice.callerLearnsClass),
    ],
    discretion: [logsNoSecret().by(practice.noSecretInLog), answersNoStackTrace().by(practice.noStackTrace)],
    resilience: [survives().by(practice.survivesInput), recovers().by(practice.recovers)],
  }),
};

export default scenario;
