import type { Requirement } from '../../harness/model/requirement.ts';
import type { Scenario } from '../../harness/model/scenario.ts';
import type { CallApi } from '../../harness/model/step.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import { rfc9449 } from '../../harness/requirements/rfc9449.ts';
import * as proof from '../../mocks/faults/proof/index.ts';
import { acceptsToken } from './expectations.ts';
import { callApi, minted } from './stimuli.ts';

const tolerates = (variant: string, summary: string, step: Omit<CallApi, 'do'>, by: Requirement): Scenario => ({
  id: `gateway/dpop-tolerates/${variant}`,
  role: 'gateway',
  cause: 'attack/sender-constraint',
  summary,
  remedy: 'Compare htu without query and fragment and after normalisation, and ignore what the proof says besides.',
  needs: ['jwt', 'dpop'],
  isolation: 'shared',
  faults: [],
  stimulus: [callApi({ token: minted(), proof: { flaws: [] }, ...step })],
  expect: acceptsToken(by),
});

/** RFC 9449 §4.3: the proof is in order, however odd it or its request looks. */
const scenarios: readonly Scenario[] = [
  tolerates(
    'query-in-request',
    'The request has a query, which htu rightly leaves out.',
    { query: 'page=2' },
    rfc9449.htuWithoutQuery,
  ),
  tolerates(
    'query-in-htu',
    'The htu of the proof has a query and a fragment.',
    { proof: { flaws: [proof.htuWithQuery()] } },
    practice.tolerates,
  ),
  tolerates(
    'htu-scheme-upper-case',
    'The htu of the proof spells its scheme in capitals.',
    { proof: { flaws: [proof.htuSchemeUpperCase()] } },
    rfc9449.normaliseHtu,
  ),
  tolerates(
    'unknown-members',
    'The proof has a claim and a header member that nobody knows.',
    { proof: { flaws: [proof.unknownMembers()] } },
    rfc7519.ignoreUnknownClaims,
  ),
  tolerates(
    'field-lower-case',
    "The proof stands in a field called 'dpop'.",
    { proof: { flaws: [], field: 'dpop' } },
    rfc9110.fieldNameCaseInsensitive,
  ),
  tolerates('scheme-lower-case', "The scheme is written 'dpop'.", { scheme: 'dpop' }, rfc9110.schemeCaseInsensitive),
];

export default scenarios;
