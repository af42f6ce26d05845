import * as links from '../../mocks/faults/links/index.ts';
import { broken } from './broken.ts';
import { saysThatItFailed, waits } from './expectations.ts';

/** RFC 9110 §10.2.3: Retry-After says "how long the user agent ought to wait before making a follow-up request." */
export default broken(
  {
    family: 'rate-limit',
    remedy:
      'Say that the IdP limits the rate and when it may be asked again; wait no longer than the deadline, and never ask earlier.',
    on: 'client→idp',
    at: 'token',
    isolation: 'exclusive',
  },
  {
    '429': { fault: links.rateLimited(), expect: waits },
    '429-silent': { fault: links.rateLimited({ retryAfter: null }), expect: saysThatItFailed },
    '429-date': { fault: links.rateLimited({ retryAfter: 2, asDate: true }), expect: saysThatItFailed },
    '429-garbage': { fault: links.rateLimited({ retryAfter: 'soon' }), expect: saysThatItFailed },
    '503': { fault: links.unavailable({ retryAfter: 1 }), expect: waits },
    '503-silent': { fault: links.unavailable(), cause: 'idp/token-issuance', expect: saysThatItFailed },
  },
);
