import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { saysThatItFailed } from './expectations.ts';
import { logIn } from './stimuli.ts';

const remedy =
  "Log the error code with error_description, the endpoint and the client_id, and tell the user whether to try again or to call the application's operator.";
const byUser = { needs: ['code'], stimulus: [logIn()] } as const;

/** RFC 6749 §5.2: "error REQUIRED. A single ASCII [USASCII] error code": the client says which. */
export default broken(
  { family: 'token-error', remedy, on: 'idp', at: 'token', isolation: 'exclusive' },
  {
    'unauthorized-client': { fault: idp.tokenUnauthorizedClient(), expect: saysThatItFailed },
    'unsupported-grant-type': { fault: idp.tokenUnsupportedGrantType(), expect: saysThatItFailed },
    'invalid-scope': { fault: idp.tokenInvalidScope(), expect: saysThatItFailed },
    'invalid-request': { fault: idp.tokenInvalidRequest(), expect: saysThatItFailed },
    'redirect-uri': { ...byUser, fault: idp.tokenRedirectUriRefused(), expect: saysThatItFailed },
    'code-refused': { ...byUser, fault: idp.tokenCodeRefused(), expect: saysThatItFailed },
    'other-tenant': { fault: idp.tenantClientUnknown(), expect: saysThatItFailed },
    'code-of-other-tenant': { ...byUser, fault: idp.tenantCodeRefused(), expect: saysThatItFailed },
  },
);
