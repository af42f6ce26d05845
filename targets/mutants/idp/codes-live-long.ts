import { lifetimeOf } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('codes-live-long', [lifetimeOf({ of: 'code', is: '1d' })], {
  summary: 'lets codes live for a day',
  caughtBy: ['idp/code/expired'],
});
