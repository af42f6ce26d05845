import { lifetimeOf } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('refresh-tokens-live-long', [lifetimeOf({ of: 'refreshTokenIdle', is: '365d' })], {
  summary: 'lets refresh tokens live for a year',
  caughtBy: ['idp/refresh/expired'],
});
