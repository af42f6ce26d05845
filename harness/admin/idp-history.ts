import type { Remembered } from '../../mocks/alone/history.ts';
import type { Tenants } from '../../mocks/alone/tenants.ts';
import type { Secrets } from '../record/secrets.ts';
import { type Page, type PageQuery, pageOf, type ShownExchange } from './history.ts';

/** Which exchanges to show. */
export interface HistoryQuery extends PageQuery {
  readonly tenant?: string;
}

/** One request to the IdP and its answer, without the secrets in them. */
export type PastExchange = ShownExchange & { readonly tenant: string };

/** A part of an IdP's history; see `Page`. */
export type HistoryPage = Page<PastExchange>;

export function idpPage(
  remembered: readonly Remembered[],
  tenants: Tenants,
  { tenant, ...query }: HistoryQuery = {},
): HistoryPage {
  const source = {
    learn: (secrets: Secrets) => learnTenants(secrets, tenants),
    endpointOf: (place: string, path: string) => tenants.find(place)?.endpointOf(path) ?? 'other',
    where: (place: string) => ({ tenant: place }),
  };
  return pageOf(remembered, source, { ...query, place: tenant });
}

function learnTenants(secrets: Secrets, tenants: Tenants): void {
  for (const { clients, users } of tenants.list()) {
    for (const { secret } of clients.list()) if (secret !== undefined) secrets.learn('client_secret', secret);
    for (const { password } of users.list()) secrets.learn('password', password);
  }
}
