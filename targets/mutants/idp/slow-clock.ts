import { clockSlow } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('slow-clock', [clockSlow({ by: '1h' })], {
  summary: 'has a clock that is an hour slow',
  caughtBy: [
    'idp/assertion-clock/right',
    'idp/assertion-clock/hour-behind',
    'idp/client-assertion/right',
    'idp/client-assertion/without-client-id',
  ],
});
