import { chainOf } from '../../../harness/drivers/chain.ts';
import client from '../../reference/client/target.ts';
import gateway from '../../reference/gateway/target.ts';

export default chainOf({
  id: 'chain/reference-opaque',
  summary: 'The reference client in front of the reference gateway, which asks the IdP about opaque tokens',
  client,
  gateway,
  without: ['jwt', 'jwks', 'jwks-cache', 'rfc9068', 'rs256', 'es256'],
});
