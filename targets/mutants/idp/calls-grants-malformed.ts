import { errorInvalidRequestForUnsupportedGrantType } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('calls-grants-malformed', [errorInvalidRequestForUnsupportedGrantType()], {
  summary: 'says invalid_request of a grant type that it does not know',
  caughtBy: ['idp/grants/unknown', 'idp/grants/misspelt', 'idp/grants/password'],
});
