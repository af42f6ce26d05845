import type { Expectation, Scenario } from '../../harness/model/scenario.ts';
import { accepts } from '../../harness/oracles/accepts.ts';
import { answers, answersNoServerError } from '../../harness/oracles/answers.ts';
import { challenges } from '../../harness/oracles/challenges.ts';
import { either, refuse } from '../../harness/oracles/expect.ts';
import { names } from '../../harness/oracles/names.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import { acceptsToken, discretion, endures } from './expectations.ts';
import { callApi, minted } from './stimuli.ts';

const cause = 'gateway/plugin';

const refused: Expectation = refuse({
  safe: [neverReaches('api').by(rfc6749.mustReject)],
  signal: [
    challenges('Bearer').by(rfc6750.mustChallenge),
    answers([400, 401]).by(rfc9110.answer401),
    answersNoServerError().by(practice.survivesInput),
  ],
  diagnosis: [names(cause).by(practice.operatorLearnsCause)],
  discretion,
  resilience: endures,
});

/** No sentence obliges a server to refuse credentials that a client must not send like this. */
const refusedOrTolerated: Expectation = either({
  signal: [
    // The token itself is good: as a malformed request, it may be refused without a challenge.
    anyOf(accepts(), challenges('Bearer'), answers(400)).by(rfc6750.mustChallenge),
    anyOf(accepts(), answers([400, 401])).by(rfc9110.answer401),
    answersNoServerError().by(practice.survivesInput),
  ],
  diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
  discretion,
  resilience: refused.properties.resilience,
});

const scheme = (variant: string, summary: string, authorization: string, expect: Expectation): Scenario => ({
  id: `gateway/bearer-scheme/${variant}`,
  role: 'gateway',
  cause,
  summary,
  remedy:
    'Compare the scheme without regard to case, take what follows the space as the token, and challenge for Bearer otherwise.',
  needs: ['jwt'],
  isolation: 'shared',
  faults: [],
  stimulus: [
    callApi({ ...(authorization.includes('{token}') && { token: minted() }), authorization: [authorization] }),
  ],
  expect,
});

/** RFC 9110 §11.1: the scheme is "a case-insensitive token". */
const scenarios: readonly Scenario[] = [
  scheme('lower', "The scheme is written 'bearer'.", 'bearer {token}', acceptsToken(rfc9110.schemeCaseInsensitive)),
  scheme('upper', "The scheme is written 'BEARER'.", 'BEARER {token}', acceptsToken(rfc9110.schemeCaseInsensitive)),
  scheme('basic', 'The request authenticates with Basic.', 'Basic Y2FsbGVyOnBhc3N3b3Jk', refused),
  scheme('other', 'The token comes under a scheme that does not exist.', 'Token {token}', refusedOrTolerated),
  scheme('missing', 'The token stands in the Authorization field without a scheme.', '{token}', refusedOrTolerated),
  scheme('alone', "The Authorization field says 'Bearer' and nothing else.", 'Bearer', refused),
  scheme('two-tokens', 'Two words follow the scheme.', 'Bearer {token} {token}', refusedOrTolerated),
];

export default scenarios;
