import { chainOf } from '../../../harness/drivers/chain.ts';
import idp from '../../node/oidc-provider/target.ts';
import client from '../../node/openid-client/target.ts';
import gateway from '../../reference/gateway/target.ts';

export default chainOf({
  id: 'chain/openid-client-oidc-provider',
  summary: 'openid-client in front of the reference gateway, which asks oidc-provider about opaque tokens',
  client,
  gateway,
  idp,
  without: ['jwt', 'jwks', 'jwks-cache', 'rfc9068', 'rs256', 'es256'],
});
