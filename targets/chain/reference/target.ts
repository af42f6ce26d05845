import { chainOf } from '../../../harness/drivers/chain.ts';
import { clientOf } from '../../reference/client/variant.ts';
import gateway from '../../reference/gateway/target.ts';

export default chainOf({
  id: 'chain/reference',
  summary: 'The reference client in front of the reference gateway, which validates JWTs itself',
  // What the IdP issued wrongly is to reach the gateway: UserInfo would refuse it first.
  client: clientOf('reference/client', 'The reference client', undefined, { asksUserInfo: false }),
  gateway,
  without: ['opaque', 'introspection'],
});
