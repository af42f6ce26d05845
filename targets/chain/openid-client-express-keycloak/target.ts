import { chainOf } from '../../../harness/drivers/chain.ts';
import idp from '../../containers/keycloak/target.ts';
import gateway from '../../node/express-oauth2-jwt-bearer/target.ts';
import client from '../../node/openid-client/target.ts';

/** Not with Hono as it is set up here, which wants the `typ` of RFC 9068: Keycloak's tokens say `JWT`. */
export default chainOf({
  id: 'chain/openid-client-express-keycloak',
  summary: 'openid-client in front of an API behind express-oauth2-jwt-bearer, with Keycloak as their IdP',
  client,
  gateway,
  idp,
});
