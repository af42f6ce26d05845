import { errorStatus200For400 } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('errors-under-200', [errorStatus200For400()], {
  summary: 'answers errors with status 200',
  caughtBy: ['idp/code/twice', 'idp/request-encoding/content-type-json'],
});
