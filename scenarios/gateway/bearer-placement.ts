import type { Scenario } from '../../harness/model/scenario.ts';
import { accepts } from '../../harness/oracles/accepts.ts';
import { answers, answersNoServerError, answersWithoutError } from '../../harness/oracles/answers.ts';
import { challenges } from '../../harness/oracles/challenges.ts';
import { recovers, survives } from '../../harness/oracles/endures.ts';
import { either, refuse } from '../../harness/oracles/expect.ts';
import { names } from '../../harness/oracles/names.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { discretion } from './expectations.ts';
import { callApi, minted } from './stimuli.ts';

const cause = 'gateway/plugin';
const resilience = [survives().by(practice.survivesInput), recovers().by(practice.recovers)];

const common = {
  role: 'gateway',
  cause,
  needs: ['jwt'],
  isolation: 'shared',
  faults: [],
} as const;

/** RFC 6750 §2: where a token may stand; §3.1: "lacks any authentication information". */
const scenarios: readonly Scenario[] = [
  {
    ...common,
    id: 'gateway/bearer-placement/no-token',
    summary: 'The request carries no token at all.',
    remedy: 'Answer 401 with a Bearer challenge and no error code, and log that the Authorization field is missing.',
    stimulus: [callApi({})],
    expect: refuse({
      safe: [neverReaches('api').by(rfc6749.mustReject)],
      signal: [
        challenges('Bearer').by(rfc6750.mustChallenge),
        answersWithoutError().by(rfc6750.noErrorWithoutCredentials),
        answers(401).by(rfc6750.shouldSayInvalidToken),
      ],
      diagnosis: [names(cause).by(practice.operatorLearnsCause)],
      discretion,
      resilience,
    }),
  },
  ...(['query', 'form', 'cookie'] as const).map(
    (placement): Scenario => ({
      ...common,
      id: `gateway/bearer-placement/${placement}`,
      summary: `The token stands in the ${placement}, not in the Authorization field.`,
      remedy: 'Take tokens from the Authorization field only, unless another place is meant and declared.',
      stimulus: [callApi({ token: minted(), placement })],
      // RFC 6750 §2.2 and §2.3 permit both answers for form and query; a cookie is a convention of its own.
      expect: either({
        signal: [
          anyOf(accepts(), challenges('Bearer')).by(rfc6750.mustChallenge),
          anyOf(accepts(), answers([400, 401])).by(rfc6750.queryMaySupport),
          answersNoServerError().by(practice.survivesInput),
        ],
        diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
        discretion,
        resilience,
      }),
    }),
  ),
  ...(
    [
      [
        'two-headers',
        'The request carries two Authorization fields with the same token.',
        { authorization: ['Bearer {token}', 'Bearer {token}'] },
      ],
      [
        'header-and-query',
        'The token stands in the Authorization field and in the query.',
        { placement: ['header', 'query'] },
      ],
      [
        'header-and-form',
        'The token stands in the Authorization field and in the form body.',
        { placement: ['header', 'form'] },
      ],
    ] as const
  ).map(
    ([variant, summary, step]): Scenario => ({
      ...common,
      id: `gateway/bearer-placement/${variant}`,
      summary,
      remedy: 'Answer 400 invalid_request when a token is sent in more than one way.',
      stimulus: [callApi({ token: minted(), ...step })],
      // RFC 6750 §2: it is the client that MUST NOT; §3.1 lists "uses more than one method" under invalid_request, a SHOULD.
      expect: either({
        signal: [
          answers(400, 'invalid_request').by(rfc6750.shouldSayInvalidRequest),
          answersNoServerError().by(practice.survivesInput),
        ],
        diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
        discretion,
        resilience,
      }),
    }),
  ),
];

export default scenarios;
