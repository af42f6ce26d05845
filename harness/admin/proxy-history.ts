import type { OpenProxy } from '../../mocks/alone/proxy/proxy.ts';
import { type Page, type PageQuery, pageOf, type ShownExchange } from './history.ts';

/** Which exchanges to show. */
export interface ProxyHistoryQuery extends PageQuery {
  /** Only with this one: `https://idp.example`. */
  readonly origin?: string;
}

/** One request through a proxy and its answer, without the secrets in them. */
export type PassedExchange = ShownExchange & { readonly origin: string };

/** A part of a proxy's history; see `Page`. */
export type ProxyHistoryPage = Page<PassedExchange>;

export function proxyPage(
  { history, endpoints }: Pick<OpenProxy, 'history' | 'endpoints'>,
  { origin, ...query }: ProxyHistoryQuery = {},
): ProxyHistoryPage {
  const source = { endpointOf: endpoints.at, where: (place: string) => ({ origin: place }) };
  return pageOf(history.list(), source, { ...query, place: origin });
}
