import type { Expectation } from '../../harness/model/scenario.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { givesUp } from '../../harness/oracles/gives-up.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { neverAnswers } from '../../mocks/faults/links/index.ts';
import { broken } from './broken.ts';
import { callApi, minted, opaque } from './stimuli.ts';

/** How long a gateway waits for an IdP that says nothing is measured; that it ever ends is asked for, and nothing else: the deadline is the point. */
const comesToAnEnd = (): Expectation =>
  refuse({
    resilience: [
      givesUp().by(practice.answersWithinDeadline),
      survives().by(practice.survivesInput),
      recovers().by(practice.recovers),
    ],
  });
const common = {
  family: 'gives-up',
  remedy: 'Give every request to the IdP a deadline of a few seconds, and answer 503 when it is over.',
  on: 'gateway→idp',
} as const;

export default [
  ...broken(
    {
      ...common,
      at: 'jwks',
      needs: ['jwt', 'jwks'],
      isolation: 'fresh',
      cold: true,
      stimulus: [callApi({ token: minted(), outlast: true })],
    },
    { keys: { fault: neverAnswers(), expect: comesToAnEnd, slow: true } },
  ),
  ...broken(
    {
      ...common,
      at: 'introspection',
      needs: ['opaque', 'introspection'],
      isolation: 'exclusive',
      stimulus: [callApi({ token: opaque, outlast: true })],
    },
    { introspection: { fault: neverAnswers(), expect: comesToAnEnd, slow: true } },
  ),
];
