import type { OpenProxy } from '../../mocks/alone/proxy/proxy.ts';
import { isWireFault, type ProxyPlaceOptions } from '../../mocks/alone/proxy/wires.ts';
import { faultNamed } from './fault-named.ts';
import type { AdminApi } from './operation.ts';
import { documentOf } from './operations/document.ts';
import { past } from './operations/past.ts';
import { standingFaults } from './operations/standing-faults.ts';
import { proxyPage } from './proxy-history.ts';
import { placementMembers, text } from './schemas.ts';
import type { Served } from './server.ts';

interface ProxyContext {
  readonly proxy: OpenProxy;
}

const { only, ...members } = placementMembers;

/** Everything that can be done to a proxy. */
export const proxyOperations: AdminApi<ProxyContext> = {
  title: 'Failwell proxy: admin API',
  description: 'Breaks what passes a proxy, and shows it.',
  operations: [
    documentOf(() => proxyOperations),
    ...standingFaults<ProxyContext>(
      '/proxy',
      { ...members, host: text.optional().describe('Only on the way to this host.') },
      ({ proxy }) => ({
        place: async (fault, options: ProxyPlaceOptions) => proxy.place(await faultNamed(fault), options),
        faults: proxy.faults,
        clearFaults: proxy.clearFaults,
      }),
      isWireFault,
    ),
    ...past<ProxyContext>('origin', {
      page: ({ proxy }, origin, query) => proxyPage(proxy, { ...query, ...(origin !== undefined && { origin }) }),
      clear: ({ proxy }) => proxy.history.clear(),
    }),
  ],
};

/** The admin API of a proxy, over TLS if the proxy is. */
export const proxyApi = (proxy: OpenProxy): Served<ProxyContext> => ({
  ...proxyOperations,
  tls: proxy.tls,
  context: () => ({ proxy }),
});
