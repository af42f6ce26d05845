import { misreadsClient, policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant(
  'guesses-the-client',
  ({ clients }) => [
    { fault: misreadsClient({ client: clients.confidential.id }), at: 'authorization' },
    policyOff({ what: 'matchesRedirectUris' }),
  ],
  {
    summary: 'takes every client for the same one, and any redirect URI for its own',
    caughtBy: [
      'idp/pkce/right',
      'idp/authorization-request/unknown-client',
      'idp/open-redirect/response-type-unknown',
      'idp/open-redirect/scope-unknown',
      'idp/open-redirect/response-type-missing',
      'idp/open-redirect/nobody-logged-in',
      'idp/open-redirect/challenge-method-unknown',
      'idp/open-redirect/form-post',
      'idp/open-redirect/no-client',
      'idp/open-redirect/unknown-client',
    ],
  },
);
