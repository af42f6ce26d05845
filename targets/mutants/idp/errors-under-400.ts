import { errorStatus400For401, errorText } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('errors-under-400', [errorStatus400For401(), errorText()], {
  summary: 'answers whoever cannot be authenticated with status 400 and a line of text',
  caughtBy: ['idp/introspection/without-authentication'],
});
