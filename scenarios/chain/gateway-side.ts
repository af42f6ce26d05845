import { answers } from '../../harness/oracles/answers.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { refused } from '../../mocks/faults/links/connection.ts';
import { neverAnswers } from '../../mocks/faults/links/delivery.ts';
import { unknownName } from '../../mocks/faults/links/dns/index.ts';
import { rateLimited } from '../../mocks/faults/links/status.ts';
import { expiredCertificate } from '../../mocks/faults/links/tls/index.ts';
import { broken } from './broken.ts';
import { failsAtGateway } from './expectations.ts';

const unavailable = [answers([500, 502, 503, 504]).by(practice.callerNotBlamed)];
const behind = (cause: string) => failsAtGateway({ cause, signal: unavailable });

/**
 * What is broken lies behind the gateway: its operator learns the cause, and neither the client nor its user is told that
 * the token is at fault.
 */
export default [
  ...broken(
    {
      family: 'gateway-side',
      remedy:
        'The gateway logs what it could not ask whom, and answers 503; the client passes on that the API is away.',
      on: 'gateway→idp',
      at: 'introspection',
      needs: ['introspection'],
      isolation: 'exclusive',
    },
    {
      'introspection-secret-rotated': {
        fault: idp.introspectionInvalidClient(),
        on: 'idp',
        expect: behind,
      },
      'introspection-down': { fault: idp.introspectionServerError(), on: 'idp', expect: behind },
      'introspection-rate-limited': {
        fault: rateLimited({ retryAfter: 1, cause: 'gateway/introspection' }),
        expect: behind,
      },
    },
  ),
  ...broken(
    {
      family: 'gateway-side',
      remedy: 'The gateway logs the URL that it could not fetch and why, and answers 503; the client passes it on.',
      on: 'gateway→idp',
      needs: ['jwt', 'jwks'],
      isolation: 'fresh',
      cold: true,
    },
    {
      'keys-out-of-reach': { fault: refused(), expect: behind },
      'certificate-expired': { fault: expiredCertificate(), expect: behind },
      'name-unknown': { fault: unknownName(), expect: behind },
    },
  ),
  ...broken(
    {
      family: 'gateway-side',
      remedy: 'The gateway answers 502 or 504 and logs which upstream failed; the client passes it on.',
      on: 'gateway→api',
      isolation: 'exclusive',
    },
    {
      'api-down': {
        fault: refused({ cause: 'gateway/upstream' }),
        expect: (cause) => failsAtGateway({ cause, signal: [answers([502, 503, 504]).by(rfc9110.badGateway)] }),
      },
      'api-hangs': {
        fault: neverAnswers({ cause: 'gateway/upstream' }),
        expect: (cause) => failsAtGateway({ cause, signal: [answers([502, 503, 504]).by(rfc9110.gatewayTimeout)] }),
        slow: true,
      },
    },
  ),
];
