import { lifetimeOf } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('access-tokens-live-long', [lifetimeOf({ of: 'accessToken', is: '1d' })], {
  summary: 'lets access tokens live for a day',
  caughtBy: ['idp/introspection/expired', 'idp/userinfo/expired'],
});
