import type { IdpContext } from '../idp-context.ts';
import { idpPage } from '../idp-history.ts';
import { past } from './past.ts';

export const history = past<IdpContext>('tenant', {
  page: ({ server }, tenant, query) =>
    idpPage(server.history.list(), server.tenants, { ...query, ...(tenant !== undefined && { tenant }) }),
  clear: ({ server }) => server.history.clear(),
});
