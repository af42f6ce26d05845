import type { IdpContext } from '../idp-context.ts';
import type { AdminApi } from '../operation.ts';
import { clients } from './clients.ts';
import { clock } from './clock.ts';
import { documentOf } from './document.ts';
import { faults } from './faults.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { pending } from './pending.ts';
import { tenants } from './tenants.ts';
import { tokens } from './tokens.ts';
import { users } from './users.ts';

/** Everything that can be done to an IdP. */
export const idpOperations: AdminApi<IdpContext> = {
  title: 'Failwell IdP: admin API',
  description: 'Creates, breaks and looks into the issuers of a mock IdP.',
  operations: [
    documentOf(() => idpOperations),
    ...tenants,
    ...clients,
    ...users,
    ...pending,
    ...keys,
    ...tokens,
    ...clock,
    ...faults,
    ...history,
  ],
};
