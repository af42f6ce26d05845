import { chainOf } from '../../../harness/drivers/chain.ts';
import idp from '../../containers/keycloak/target.ts';
import gateway from '../../node/hono/target.ts';
import client from '../../node/openid-client/target.ts';

export default chainOf({
  id: 'chain/openid-client-hono-keycloak',
  summary: "openid-client in front of an API behind Hono's JWK middleware, with Keycloak as their IdP",
  client,
  gateway,
  idp,
});
