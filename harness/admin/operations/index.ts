import type { Operation } from '../operation.ts';
import { clients } from './clients.ts';
import { clock } from './clock.ts';
import { document } from './document.ts';
import { faults } from './faults.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { pending } from './pending.ts';
import { tenants } from './tenants.ts';
import { tokens } from './tokens.ts';
import { users } from './users.ts';

/** Everything that the admin API can do, in the order of its document. */
export const operations: readonly Operation[] = [
  document,
  ...tenants,
  ...clients,
  ...users,
  ...pending,
  ...keys,
  ...tokens,
  ...clock,
  ...faults,
  ...history,
];
