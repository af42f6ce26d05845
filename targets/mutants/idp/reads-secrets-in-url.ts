import { misreadsQuery } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('reads-secrets-in-url', [{ fault: misreadsQuery(), at: 'token' }], {
  summary: 'takes parameters of the URL for those of the form',
  caughtBy: ['idp/client-authentication/secret-in-url', 'idp/request-encoding/query-only'],
});
