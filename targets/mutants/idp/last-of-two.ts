import { misreadsRepeated } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('last-of-two', [misreadsRepeated()], {
  summary: 'takes the last of what stands twice',
  caughtBy: [
    'idp/request-encoding/parameter-twice',
    'idp/request-encoding/client-id-twice',
    'idp/request-encoding/scope-twice',
    'idp/authorization-parameters/response-type-twice',
    'idp/authorization-parameters/state-twice',
    'idp/authorization-parameters/scope-twice',
    'idp/authorization-parameters/challenge-twice',
    'idp/authorization-parameters/client-id-twice',
  ],
});
