import type { Scenario } from '../../harness/model/scenario.ts';
import { accepts } from '../../harness/oracles/accepts.ts';
import { answers, answersNoServerError, answersWithoutError } from '../../harness/oracles/answers.ts';
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
import { discretion, endures } from './expectations.ts';
import { callApi, minted } from './stimuli.ts';

const cause = 'gateway/plugin';

const says = answers(400, 'invalid_request');

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
        answers(401).by(rfc9110.answer401),
      ],
      diagnosis: [names(cause).by(practice.operatorLearnsCause)],
      discretion,
      resilience: endures,
    }),
  },
  ...(
    [
      ['query', 'query', ['!token-in-query'], [neverReaches('api').by(rfc6750.queryDiscouraged)]],
      ['query-taken', 'query', ['token-in-query'], []],
      ['form', 'form', [], []],
      ['cookie', 'cookie', [], []],
    ] as const
  ).map(
    ([variant, placement, needs, safe]): Scenario => ({
      ...common,
      id: `gateway/bearer-placement/${variant}`,
      summary: `The token stands in the ${placement}, not in the Authorization field.`,
      remedy: 'Take tokens from the Authorization field only, unless another place is meant and declared.',
      needs: [...common.needs, ...needs],
      stimulus: [callApi({ token: minted(), placement })],
      // RFC 6750 §2.2 and §2.3 permit both answers for form and query; a cookie is a convention of its own.
      expect: either({
        safe,
        signal: [
          anyOf(accepts(), challenges('Bearer')).by(rfc6750.mustChallenge),
          anyOf(accepts(), answers([400, 401])).by(rfc9110.answer401),
          answersNoServerError().by(practice.survivesInput),
        ],
        diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
        discretion,
        resilience: endures,
      }),
    }),
  ),
  ...(
    [
      [
        'two-headers',
        'The request carries two Authorization fields with the same token.',
        { authorization: ['Bearer {token}', 'Bearer {token}'] },
        [],
        [],
      ],
      [
        'header-and-query',
        'The token stands in the Authorization field and in the query.',
        { placement: ['header', 'query'] },
        ['token-in-query'],
        [],
      ],
      [
        'header-and-form',
        'The token stands in the Authorization field and in the form body.',
        { placement: ['header', 'form'] },
        [],
        // Who takes no token from a form has seen one method only, and perhaps takes no form at all.
        [accepts(), answers(415)],
      ],
    ] as const
  ).map(
    ([variant, summary, step, needs, also]): Scenario => ({
      ...common,
      id: `gateway/bearer-placement/${variant}`,
      summary,
      remedy: 'Answer 400 invalid_request when a token is sent in more than one way.',
      needs: [...common.needs, ...needs],
      stimulus: [callApi({ token: minted(), ...step })],
      // RFC 6750 §2: it is the client that MUST NOT; §3.1 lists "uses more than one method" under invalid_request, a SHOULD.
      expect: either({
        signal: [
          (also.length === 0 ? says : anyOf(says, ...also)).by(rfc6750.shouldSayInvalidRequest),
          answersNoServerError().by(practice.survivesInput),
        ],
        diagnosis: [whenRefused(names(cause), ...also).by(practice.operatorLearnsCause)],
        discretion,
        resilience: endures,
      }),
    }),
  ),
];

export default scenarios;
