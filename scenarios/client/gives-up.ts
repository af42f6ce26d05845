import type { Expectation } from '../../harness/model/scenario.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { givesUp } from '../../harness/oracles/gives-up.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { hangs, neverAnswers } from '../../mocks/faults/links/index.ts';
import { broken } from './broken.ts';
import { work } from './stimuli.ts';

/** How long a client waits for an IdP that says nothing is measured; that it ever ends is asked for, and nothing else: the deadline is the point. */
const comesToAnEnd = (): Expectation =>
  refuse({
    resilience: [
      givesUp().by(practice.answersWithinDeadline),
      survives().by(practice.survivesInput),
      recovers().by(practice.recovers),
    ],
  });

export default broken(
  {
    family: 'gives-up',
    remedy: 'Give every request to the IdP a deadline of a few seconds, and tell the user when it is over.',
    on: 'client→idp',
    isolation: 'exclusive',
    stimulus: [work({ outlast: true })],
  },
  {
    connection: { fault: hangs(), expect: comesToAnEnd, slow: true },
    'token-endpoint': { fault: neverAnswers(), at: 'token', expect: comesToAnEnd, slow: true },
  },
);
