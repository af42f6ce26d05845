import { authorizationErrorQuoting, errorQuoting } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('quotes-in-errors', [errorQuoting(), authorizationErrorQuoting()], {
  summary: 'writes error_description with quotation marks and other letters',
  caughtBy: [
    'idp/sanitising/words-of-scope',
    'idp/sanitising/words-of-grant-type',
    'idp/sanitising/words-of-code',
    'idp/sanitising/words-of-client',
    'idp/sanitising/words-of-response-type',
    'idp/sanitising/words-at-userinfo',
  ],
});
