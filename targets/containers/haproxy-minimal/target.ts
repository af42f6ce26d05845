import { defineTarget } from '../../../harness/define.ts';
import { container } from '../../../harness/drivers/container/container.ts';
import type { GatewayWiring } from '../../../harness/model/target.ts';

export default defineTarget({
  id: 'containers/haproxy-minimal',
  role: 'gateway',
  summary: 'HAProxy 2.6 with the four lines of jwt_verify in its configuration manual, and no more',
  capabilities: ['jwt', 'rs256'],
  declares: {},
  driver: container({
    build: new URL('.', import.meta.url),
    port: 8080,
    files: (wiring) => ({ '/etc/haproxy/haproxy.cfg': configuration(wiring), '/etc/haproxy/idp.pem': wiring.keyPem }),
    command: ['haproxy', '-W', '-db', '-f', '/etc/haproxy/haproxy.cfg'],
    ready: { log: /Loading success/ },
    clock: 'faketime',
  }),
  // https://docs.haproxy.org/2.6/configuration.html#8.5, "Session state at disconnection".
  words: { 'gateway/upstream': / (?:SC|sC|SH|sH|SD|sD|PH)-- / },
});

const configuration = ({ api, port, ca }: GatewayWiring) => `
global
  log stdout format raw daemon info

defaults
  mode http
  log global
  option httplog
  timeout connect 5s
  timeout client 30s
  timeout server 30s

frontend gateway
  bind :${port}
  http-request set-var(txn.bearer) http_auth_bearer
  http-request set-var(txn.jwt_alg) var(txn.bearer),jwt_header_query('$.alg')
  http-request deny unless { var(txn.jwt_alg) -m str RS256 }
  http-request deny unless { var(txn.bearer),jwt_verify(txn.jwt_alg,"/etc/haproxy/idp.pem") 1 }
  default_backend api

backend api
  server api ${new URL(api).host} ssl verify required ca-file ${ca.file} sni str(${new URL(api).hostname}) verifyhost ${new URL(api).hostname}
`;
