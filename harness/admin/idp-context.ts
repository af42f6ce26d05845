import type { Server } from '../../mocks/alone/server.ts';
import type { Tenant } from '../../mocks/alone/tenant.ts';
import { operationsOn } from './operation.ts';

/** What operations on an IdP work with. */
export interface IdpContext {
  readonly server: Server;
  /** The tenant in the path. Throws a `NotFound`. */
  tenant(): Tenant;
}

export const operation = operationsOn<IdpContext>();
