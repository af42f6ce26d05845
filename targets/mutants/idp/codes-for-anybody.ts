import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('codes-for-anybody', [policyOff({ what: 'bindsCodes' })], {
  summary: 'takes a code from any client, for any redirect URI',
  caughtBy: ['idp/code/by-another-client', 'idp/code/other-redirect-uri', 'idp/code/no-redirect-uri'],
});
