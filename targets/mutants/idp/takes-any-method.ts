import { misreadsMethod } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant(
  'takes-any-method',
  (['token', 'introspection', 'revocation', 'authorization'] as const).map((at) => ({ fault: misreadsMethod(), at })),
  {
    summary: 'takes any method for POST',
    caughtBy: [
      'idp/request-method/token-put',
      'idp/request-method/token-get',
      'idp/request-method/token-patch',
      'idp/request-method/token-delete',
      'idp/request-method/token-head',
      'idp/request-method/revocation-get',
      'idp/request-method/revocation-put',
      'idp/request-method/introspection-put',
      'idp/request-method/authorization-put',
    ],
  },
);
