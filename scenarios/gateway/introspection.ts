import type { CauseId } from '../../harness/model/cause.ts';
import { rfc7662 } from '../../harness/requirements/rfc7662.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { resets } from '../../mocks/faults/links/connection.ts';
import { neverAnswers, resetAfter } from '../../mocks/faults/links/delivery.ts';
import { rateLimited, status } from '../../mocks/faults/links/status.ts';
import { broken } from './broken.ts';
import { refusesAsUnavailable, refusesAsUnavailableOrToken, refusesToken } from './expectations.ts';
import { callApi, opaque } from './stimuli.ts';

const cause: CauseId = 'gateway/introspection';
const common = {
  family: 'introspection',
  remedy:
    'Let a token in only for a boolean "active": true, keep the door closed otherwise, and say whether the token or the introspection failed.',
  at: 'introspection',
  needs: ['opaque', 'introspection'],
  isolation: 'exclusive',
  stimulus: [callApi({ token: opaque })],
} as const;
const inactive = () => refusesToken({ cause, by: rfc7662.inactive });
const notForHere = (named: CauseId) => refusesToken({ cause: named, by: rfc9700.refuseForeignTokens });

/** RFC 7662 §2.2: active is a "Boolean indicator of whether or not the presented token is currently active." */
export default [
  ...broken(
    { ...common, on: 'idp' },
    {
      inactive: { fault: idp.introspectionInactive(), expect: inactive },
      'inactive-detailed': { fault: idp.introspectionInactiveDetailed(), expect: inactive },
      'active-string': {
        fault: idp.introspectionActiveString(),
        cause,
        expect: () => refusesAsUnavailableOrToken(cause),
      },
      'active-missing': {
        fault: idp.introspectionActiveMissing(),
        cause,
        expect: () => refusesAsUnavailableOrToken(cause),
      },
      expired: {
        fault: idp.introspectionExpired(),
        cause: 'token/expired',
        expect: () => refusesToken({ cause: 'token/expired', by: rfc7662.notCachedBeyondExpiry }),
      },
      'audience-other': { fault: idp.introspectionAudienceOther(), cause: 'token/audience', expect: notForHere },
      'own-credentials-refused': { fault: idp.introspectionInvalidClient(), cause, expect: refusesAsUnavailable },
      'status-500': { fault: idp.introspectionServerError(), cause, expect: refusesAsUnavailable },
      html: { fault: idp.introspectionHtml(), cause, expect: refusesAsUnavailable },
      array: { fault: idp.introspectionArray(), cause, expect: refusesAsUnavailable },
      'empty-body': { fault: idp.introspectionEmptyBody(), cause, expect: refusesAsUnavailable },
    },
  ),
  ...broken(
    { ...common, on: 'gateway→idp' },
    {
      reset: { fault: resetAfter({ bytes: 0, cause }), expect: refusesAsUnavailable },
      hangs: { fault: neverAnswers({ cause }), expect: refusesAsUnavailable, slow: true },
      malformed: { fault: body.malformedJson({ cause }), expect: refusesAsUnavailable },
      'status-429': { fault: rateLimited({ retryAfter: 1, cause }), expect: refusesAsUnavailable },
      'status-404': { fault: status(404, { cause }), expect: refusesAsUnavailable },
    },
  ),
  ...broken(
    {
      family: 'introspection',
      remedy: common.remedy,
      needs: common.needs,
      isolation: common.isolation,
      stimulus: common.stimulus,
      on: 'gateway→idp',
    },
    { 'connection-reset': { fault: resets({ cause }), expect: refusesAsUnavailable } },
  ),
];
