import type { CauseId } from '../../harness/model/cause.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import { rfc7662 } from '../../harness/requirements/rfc7662.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { resets } from '../../mocks/faults/links/connection.ts';
import { neverAnswers, resetAfter } from '../../mocks/faults/links/delivery.ts';
import { rateLimited, status } from '../../mocks/faults/links/status.ts';
import { broken } from './broken.ts';
import {
  acceptsOrRefusesToken,
  refusesAsUnavailable,
  refusesAsUnavailableOrToken,
  refusesToken,
} from './expectations.ts';
import { callApi, opaque } from './stimuli.ts';

const cause: CauseId = 'gateway/introspection';
const common = {
  family: 'introspection',
  remedy:
    'Let a token in only for a boolean "active": true, keep the door closed otherwise, and say whether the token or the introspection failed.',
  needs: ['opaque', 'introspection'],
  isolation: 'exclusive',
  stimulus: [callApi({ token: opaque })],
} as const;
const refusedBy = (by: Requirement) => (cause: CauseId) => refusesToken({ cause, by });
const inactive = refusedBy(rfc7662.inactive);
const notForHere = refusedBy(rfc9700.refuseForeignTokens);

/** RFC 7662 §2.2: active is a "Boolean indicator of whether or not the presented token is currently active." */
export default [
  ...broken(
    { ...common, on: 'idp', at: 'introspection' },
    {
      inactive: { fault: idp.introspectionInactive(), expect: inactive },
      'inactive-detailed': { fault: idp.introspectionInactiveDetailed(), expect: inactive },
      'active-string': { fault: idp.introspectionActiveString(), expect: refusesAsUnavailableOrToken },
      'active-missing': { fault: idp.introspectionActiveMissing(), expect: refusesAsUnavailableOrToken },
      // RFC 7662 §4 forbids to keep such an answer; what it is worth while it is fresh, no sentence says.
      expired: { fault: idp.introspectionExpired(), expect: (cause) => acceptsOrRefusesToken({ cause }) },
      'audience-other': { fault: idp.introspectionAudienceOther(), expect: notForHere },
      'own-credentials-refused': { fault: idp.introspectionInvalidClient(), expect: refusesAsUnavailable },
      'status-500': { fault: idp.introspectionServerError(), expect: refusesAsUnavailable },
      html: { fault: idp.introspectionHtml(), expect: refusesAsUnavailable },
      array: { fault: idp.introspectionArray(), expect: refusesAsUnavailable },
      'empty-body': { fault: idp.introspectionEmptyBody(), expect: refusesAsUnavailable },
    },
  ),
  ...broken(
    { ...common, on: 'gateway→idp', at: 'introspection' },
    {
      reset: { fault: resetAfter({ bytes: 0, cause }), expect: refusesAsUnavailable },
      hangs: { fault: neverAnswers({ cause }), expect: refusesAsUnavailable, slow: true },
      malformed: { fault: body.malformedJson({ cause }), expect: refusesAsUnavailable },
      'status-429': { fault: rateLimited({ retryAfter: 1, cause }), expect: refusesAsUnavailable },
      'status-404': { fault: status(404, { cause }), expect: refusesAsUnavailable },
    },
  ),
  // A connection fault stands on the whole link.
  ...broken(
    { ...common, on: 'gateway→idp' },
    { 'connection-reset': { fault: resets({ cause }), expect: refusesAsUnavailable } },
  ),
];
