import { practice } from '../../harness/requirements/practice.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { refused, resets } from '../../mocks/faults/links/connection.ts';
import { neverAnswers, resetAfter, truncated } from '../../mocks/faults/links/delivery.ts';
import { gzipGarbage } from '../../mocks/faults/links/encoding.ts';
import { proxyAuthenticationRequired, proxyForbidden } from '../../mocks/faults/links/proxy.ts';
import { rateLimited, status, unavailable } from '../../mocks/faults/links/status.ts';
import { broken } from './broken.ts';
import { refusesAsUnavailable, worksOn, worksOnOrRefuses } from './expectations.ts';

const remedy =
  'Keep the door closed while there are no keys, answer 503, log the JWKS URL with what went wrong, retry within bounds, and recover without a restart.';
const link = { on: 'gateway→idp', at: 'jwks', needs: ['jwt', 'jwks'], remedy } as const;

/** A gateway whose caches are empty cannot know whether a token is good; one that is warm can. */
export default [
  ...broken(
    { ...link, family: 'jwks-unreachable', isolation: 'fresh', cold: true },
    {
      reset: { fault: resetAfter({ bytes: 0, cause: 'network/intermittent' }), expect: refusesAsUnavailable },
      truncated: { fault: truncated({ bytes: 40, cause: 'network/intermittent' }), expect: refusesAsUnavailable },
      'encoding-corrupt': { fault: gzipGarbage(), expect: refusesAsUnavailable },
      hangs: { fault: neverAnswers(), expect: refusesAsUnavailable, slow: true },
      'captive-page': { fault: body.htmlPage(), expect: refusesAsUnavailable },
      'proxy-403': { fault: proxyForbidden(), expect: refusesAsUnavailable },
      'proxy-407': { fault: proxyAuthenticationRequired(), expect: refusesAsUnavailable },
      // The body is the right one all the same, and no sentence forbids to read it.
      'status-404': { fault: status(404, { cause: 'idp/endpoints' }), expect: worksOnOrRefuses },
      'status-500': { fault: status(500, { cause: 'idp/endpoints' }), expect: worksOnOrRefuses },
      'status-503': { fault: unavailable({ retryAfter: 1 }), expect: refusesAsUnavailable },
      'status-429': { fault: rateLimited({ retryAfter: 1 }), expect: refusesAsUnavailable },
      'first-fails': {
        fault: status(503, { cause: 'network/intermittent' }),
        schedule: { when: 'first', count: 1 },
        expect: worksOnOrRefuses,
      },
    },
  ),
  // A connection fault stands on the whole link: discovery is out of reach as well.
  ...broken(
    { on: 'gateway→idp', needs: ['jwt', 'jwks'], remedy, family: 'jwks-unreachable', isolation: 'fresh', cold: true },
    {
      refused: { fault: refused(), expect: refusesAsUnavailable },
      'connection-reset': { fault: resets(), expect: refusesAsUnavailable },
    },
  ),
  ...broken(
    {
      ...link,
      family: 'jwks-unreachable',
      isolation: 'exclusive',
      remedy: 'Keep keys for the declared time, and use them while the IdP is away.',
    },
    {
      'warm-500': {
        fault: status(500, { cause: 'idp/endpoints' }),
        expect: () => worksOn(practice.keepsWorkingOnCachedKeys),
        needs: ['jwks-cache'],
        mayAvoid: true,
      },
    },
  ),
  ...broken(
    {
      on: 'gateway→idp',
      needs: ['jwt', 'jwks', 'jwks-cache'],
      family: 'jwks-unreachable',
      isolation: 'exclusive',
      remedy: 'Keep keys for the declared time, and use them while the IdP is away.',
    },
    {
      'warm-refused': { fault: refused(), expect: () => worksOn(practice.keepsWorkingOnCachedKeys), mayAvoid: true },
    },
  ),
];
