import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { saysThatItFailed } from './expectations.ts';
import { logIn, obtainToken } from './stimuli.ts';

/** RFC 6749 §5.2, invalid_client: "Client authentication failed": the secret was changed at the IdP, and not here. */
export default broken(
  {
    family: 'wrong-secret',
    remedy:
      "Log the token endpoint's error code with the endpoint and the client_id (never the secret), and tell the user that the application is at fault, not their password.",
    on: 'idp',
    at: 'token',
    isolation: 'exclusive',
  },
  {
    'by-itself': {
      fault: idp.tokenInvalidClient(),
      expect: saysThatItFailed,
      needs: ['client-credentials'],
      stimulus: [obtainToken()],
    },
    'log-in': {
      fault: idp.tokenInvalidClient(),
      expect: saysThatItFailed,
      needs: ['code', '!browser'],
      stimulus: [logIn()],
    },
  },
);
