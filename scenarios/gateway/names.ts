import { answers } from '../../harness/oracles/answers.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import * as dns from '../../mocks/faults/links/dns/index.ts';
import { broken } from './broken.ts';
import { refusesAsUnavailable, refusesForUpstream, worksOn, worksOnOrRefuses } from './expectations.ts';

const warm = {
  family: 'names',
  remedy:
    "Keep the door closed while there are no keys, answer 503, log the host's name with what the resolver said, ask again within bounds, and recover without a restart.",
  on: 'gateway→idp',
  needs: ['jwt', 'jwks', 'dns'],
} as const;
const cold = { ...warm, isolation: 'fresh', cold: true } as const;

/** The name of the IdP, or of the API, does not resolve, or leads elsewhere (RFC 1035 §4.1.1 for the codes). */
export default [
  ...broken(cold, {
    nxdomain: { fault: dns.unknownName(), expect: refusesAsUnavailable },
    servfail: { fault: dns.serverFailure(), expect: refusesAsUnavailable },
    empty: { fault: dns.withoutAddress(), expect: refusesAsUnavailable },
    'wrong-address': { fault: dns.wrongAddress({ cause: 'network/blocked' }), expect: refusesAsUnavailable },
    unanswered: { fault: dns.unanswered(), expect: refusesAsUnavailable, slow: true },
    'slow-1s': { fault: dns.slow({ milliseconds: 1_000 }), expect: worksOnOrRefuses },
    // Two: some resolvers ask for both kinds of address at once.
    'unknown-at-first': {
      fault: dns.unknownName(),
      schedule: { when: 'first', count: 2 },
      expect: worksOnOrRefuses,
    },
  }),
  ...broken(
    {
      ...warm,
      isolation: 'exclusive',
      needs: [...warm.needs, 'jwks-cache'],
      remedy: 'Keep keys for the declared time, and use them while the IdP is away.',
    },
    {
      'warm-nxdomain': {
        fault: dns.unknownName(),
        expect: () => worksOn(practice.keepsWorkingOnCachedKeys),
        mayAvoid: true,
      },
    },
  ),
  ...broken(
    {
      family: 'names',
      remedy: 'Answer 502 or 504, log which upstream could not be found, and never call it a problem of the token.',
      on: 'gateway→api',
      needs: ['dns'],
      isolation: 'fresh',
      cold: true,
    },
    {
      'upstream-nxdomain': {
        fault: dns.unknownName({ cause: 'gateway/upstream' }),
        expect: () => refusesForUpstream(answers([502, 503, 504]).by(rfc9110.badGateway)),
      },
    },
  ),
];
