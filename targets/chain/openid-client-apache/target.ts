import { chainOf } from '../../../harness/drivers/chain.ts';
import gateway from '../../containers/apache-openidc-rs/target.ts';
import client from '../../node/openid-client/target.ts';

/** Not with mod_oauth2, which refuses a scope among others (docs/findings.md), and so every token of a login. */
export default chainOf({
  id: 'chain/openid-client-apache',
  summary: 'openid-client in front of an API behind Apache with mod_auth_openidc as resource server, in a container',
  client,
  gateway,
});
