import type { Server } from '../../mocks/alone/server.ts';
import type { IdpContext } from './idp-context.ts';
import { NotFound } from './operation.ts';
import { idpOperations } from './operations/index.ts';
import type { Served } from './server.ts';

/** The admin API of an IdP, over TLS if the IdP is. */
export const idpApi = (server: Server): Served<IdpContext> => ({
  ...idpOperations,
  tls: server.tls,
  context: (param) => ({
    server,
    tenant() {
      const found = server.tenants.find(param('tenant'));
      if (!found) throw new NotFound('tenant', param('tenant'));
      return found;
    },
  }),
});
