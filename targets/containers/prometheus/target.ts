import { defineTarget } from '../../../harness/define.ts';
import { asked } from '../../../harness/drivers/asked.ts';
import { container } from '../../../harness/drivers/container/container.ts';
import type { ClientWiring } from '../../../harness/model/target.ts';
import { configuration, scraping } from './scraping.ts';

export default defineTarget({
  id: 'containers/prometheus',
  role: 'client',
  summary: 'Prometheus 2.42, which scrapes an API with OAuth 2 client credentials as its scrape_config says',
  capabilities: ['client-credentials', 'calls-api'],
  declares: {
    deadline: { value: '2s', source: 'targets/containers/prometheus/scraping.ts: scrape_timeout' },
  },
  driver: asked(
    container<ClientWiring>({
      image: 'prom/prometheus:v2.42.0',
      build: new URL('.', import.meta.url),
      port: 9090,
      files: (wiring) => configuration(settings(wiring), 0),
      command: [
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/tmp/tsdb',
        '--web.enable-lifecycle',
      ],
      // It begins some seconds after its port is there.
      ready: { http: '/api/v1/targets', says: /"health":"(?:up|down)"/ },
    }),
    scraping,
  ),
});

function settings({ clientId, clientSecret, endpoints, scope, api }: ClientWiring) {
  return { client_id: clientId, client_secret: clientSecret, token_endpoint: endpoints.token ?? '', scope, call: api };
}
