import { chainOf } from '../../../harness/drivers/chain.ts';
import client from '../../reference/client/target.ts';
import gateway from '../../reference/gateway/target.ts';

export default chainOf({
  id: 'chain/reference',
  summary: 'The reference client in front of the reference gateway, which validates JWTs itself',
  client,
  gateway,
  without: ['opaque', 'introspection'],
});
