import type { CauseId } from '../../harness/model/cause.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Expectation } from '../../harness/model/scenario.ts';
import { answers, answersNoServerError } from '../../harness/oracles/answers.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { issuesNothing } from '../../harness/oracles/issues-nothing.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { brokenFor } from '../broken.ts';
import { discretion, endures, explains } from './expectations.ts';

/** Tables of what a client has for the IdP, broken. Each names what is done. */
export const broken = brokenFor('idp', []);

/**
 * What an IdP needs of a client, and does not get: nothing is issued, somebody is told so, and nobody waits for ever or tries
 * without end. Who is to blame, no sentence decides: a 502 to 504 is as good as an error of the client.
 */
export const refusesWithout =
  (by: Requirement) =>
  (_: CauseId): Expectation =>
    refuse({
      safe: [issuesNothing().by(by)],
      signal: [anyOf(answersNoServerError(), answers([502, 503, 504])).by(practice.survivesInput)],
      diagnosis: explains('client/endpoints'),
      discretion,
      resilience: [...endures, triesAtMost(5, 'client').by(practice.boundedRetries)],
    });
