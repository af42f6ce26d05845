import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('codes-for-anybody', [policyOff({ what: 'bindsCodes' })], {
  summary: 'takes a code from any client, for any redirect URI',
  caughtBy: [
    'idp/code/by-another-client',
    'idp/code/other-redirect-uri',
    'idp/code/no-redirect-uri',
    'idp/redirect-uri-token/of-another-client',
    'idp/redirect-uri-token/trailing-slash',
    'idp/redirect-uri-token/host-case',
    'idp/redirect-uri-token/other-host',
    'idp/redirect-uri-token/empty',
    'idp/code/by-a-public-client',
  ],
});
