import type { Scenario } from '../../harness/model/scenario.ts';
import { staysWithin } from '../../harness/oracles/stays-within.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc7009 } from '../../harness/requirements/rfc7009.ts';
import { refusesToken } from './expectations.ts';
import { callApi } from './stimuli.ts';

const cause = 'token/caching';
const token = { format: 'opaque', flaws: [], name: 'revoked' } as const;

/** RFC 7009 §2.1: "the token cannot be used again after the revocation." */
const scenario: Scenario = {
  id: 'gateway/introspection-revoked/after-use',
  role: 'gateway',
  cause,
  summary: 'A token that has just been used is revoked, and used again.',
  remedy:
    'Do not cache introspection for longer than is declared, and declare how long a revoked token may still get in.',
  needs: ['opaque', 'introspection'],
  isolation: 'exclusive',
  faults: [],
  stimulus: [
    callApi({ token }),
    { do: 'revoke', token: token.name },
    callApi({ token, until: { outcome: 'refused', measure: 'staleness', declared: 'introspectionCache' } }),
  ],
  // The first use rightly reached the API: what counts is how long the token still gets in.
  expect: refusesToken({
    cause,
    by: rfc7009.takesPlaceImmediately,
    safe: [staysWithin('staleness', 'introspectionCache').by(practice.stalenessWithinDeclared)],
  }),
};

export default scenario;
