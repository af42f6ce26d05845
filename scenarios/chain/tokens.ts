import { answers } from '../../harness/oracles/answers.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { broken } from './broken.ts';
import { failsAtGateway } from './expectations.ts';

const invalid = [answers(401, 'invalid_token').by(rfc6750.shouldSayInvalidToken)];
/** A client that asks UserInfo first is refused there. */
const notAskedFirst = '!userinfo';
const insufficient = [answers(403, 'insufficient_scope').by(rfc6750.shouldSayInsufficientScope)];

/** The IdP issues access tokens that are not for this API: the gateway refuses and says why, and the client passes it on. */
export default broken(
  {
    family: 'tokens',
    remedy: 'Register the client for the API and its scope at the IdP; the client shows the error code of the API.',
    on: 'idp',
    needs: ['jwt'],
    isolation: 'exclusive',
  },
  {
    'audience-other': {
      fault: token.audienceOther(),
      expect: (cause) => failsAtGateway({ cause, signal: invalid, safe: [neverReaches('api').by(rfc7519.audience)] }),
    },
    'scope-missing': {
      fault: token.scopeMissing(),
      expect: (cause) => failsAtGateway({ cause, signal: insufficient }),
      needs: ['scope', notAskedFirst],
    },
    expired: {
      fault: token.expired({ by: '10m' }),
      needs: [notAskedFirst],
      expect: (cause) =>
        failsAtGateway({ cause, signal: invalid, safe: [neverReaches('api').by(rfc7519.notAfterExpiry)] }),
    },
  },
);
