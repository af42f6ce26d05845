import { misreadsUnknown } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant(
  'refuses-unknown-parameters',
  (['token', 'authorization'] as const).map((at) => ({ fault: misreadsUnknown(), at })),
  {
    summary: 'refuses what it does not know',
    caughtBy: [
      'idp/request-encoding/parameter-unknown',
      'idp/request-encoding/query-unknown',
      'idp/authorization-parameters/unknown',
    ],
  },
);
