import { defineTarget } from '../../../harness/define.ts';
import { type ContainerOptions, container } from '../../../harness/drivers/container/container.ts';
import type { GatewayWiring } from '../../../harness/model/target.ts';

export const options = {
  build: new URL('.', import.meta.url),
  port: 8080,
  files: (wiring) => ({ '/etc/haproxy/haproxy.cfg': configuration(wiring), '/etc/haproxy/idp.pem': wiring.keyPem }),
  command: ['haproxy', '-W', '-db', '-f', '/etc/haproxy/haproxy.cfg'],
  ready: { log: /Loading success/ },
  clock: 'faketime',
} satisfies ContainerOptions;

export default defineTarget({
  id: 'containers/haproxy',
  role: 'gateway',
  summary:
    'HAProxy 2.6 with a complete rule set: signature, iss, aud, exp, nbf and scope, each refusal with its reason',
  capabilities: ['jwt', 'issuer', 'audience', 'scope', 'rs256'],
  declares: {
    leeway: { value: '0s', source: 'targets/containers/haproxy/target.ts: exp and nbf are compared with date()' },
    deadline: { value: '5s', source: 'targets/containers/haproxy/target.ts: timeout server' },
  },
  driver: container(options),
  // https://docs.haproxy.org/2.6/configuration.html#8.5, "Session state at disconnection".
  words: { 'gateway/upstream': / (?:SC|sC|SH|sH|SD|sD|PH) "/ },
});

/** Each rule names what is wrong, once; the last one answers and the log line says it. */
const configuration = ({ api, port, ca, issuer, audience, scope }: GatewayWiring) => `
global
  log stdout format raw daemon info

defaults
  mode http
  log global
  log-format "%ci [%tr] %ST %TR/%Tw/%Tc/%Tr/%Ta %ts %{+Q}r refused=%{+Q}[var(txn.refused)] %b/%s"
  timeout connect 2s
  timeout client 10s
  timeout server 5s

frontend gateway
  bind :${port}
  http-request set-var(txn.bearer) http_auth_bearer
  http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
  http-request set-var(txn.iss) var(txn.bearer),jwt_payload_query('$.iss')
  http-request set-var(txn.aud) var(txn.bearer),jwt_payload_query('$.aud')
  http-request set-var(txn.aud0) var(txn.bearer),jwt_payload_query('$.aud[0]')
  http-request set-var(txn.aud1) var(txn.bearer),jwt_payload_query('$.aud[1]')
  http-request set-var(txn.exp) var(txn.bearer),jwt_payload_query('$.exp','int')
  http-request set-var(txn.nbf) var(txn.bearer),jwt_payload_query('$.nbf','int')
  http-request set-var(txn.scope) var(txn.bearer),jwt_payload_query('$.scope')
  http-request set-var(txn.now) date()

  acl refused var(txn.refused) -m found
  http-request set-var(txn.refused) str("no bearer token in Authorization") unless { var(txn.bearer) -m len gt 0 }
  http-request return status 401 hdr WWW-Authenticate 'Bearer realm="api"' content-type text/plain string "no bearer token" if refused
  http-request set-var(txn.refused) str("unsupported signing algorithm") unless refused or { var(txn.alg) -m str RS256 }
  http-request set-var(txn.refused) str("signature does not verify") unless refused or { var(txn.bearer),jwt_verify(txn.alg,"/etc/haproxy/idp.pem") -m int 1 }
  http-request set-var(txn.refused) str("issuer mismatch") unless refused or { var(txn.iss) -m str ${issuer} }
  http-request set-var(txn.refused) str("audience mismatch") unless refused or { var(txn.aud) -m str ${audience} } or { var(txn.aud0) -m str ${audience} } or { var(txn.aud1) -m str ${audience} }
  http-request set-var(txn.refused) str("token has no exp") unless refused or { var(txn.exp) -m int gt 0 }
  http-request set-var(txn.refused) str("token has expired") if !refused { var(txn.exp),sub(txn.now) -m int le 0 }
  http-request set-var(txn.refused) str("token is not valid yet") if !refused { var(txn.nbf) -m found } { var(txn.nbf),sub(txn.now) -m int gt 0 }
  http-request return status 401 hdr WWW-Authenticate 'Bearer realm="api", error="invalid_token", error_description="%[var(txn.refused)]"' content-type text/plain lf-string "%[var(txn.refused)]" if refused
  http-request set-var(txn.refused) str("insufficient scope") unless { var(txn.scope) -m reg '(^| )${scope}( |$)' }
  http-request return status 403 hdr WWW-Authenticate 'Bearer realm="api", error="insufficient_scope", scope="${scope}"' content-type text/plain string "insufficient scope" if refused
  default_backend api

backend api
  server api ${new URL(api).host} ssl verify required ca-file ${ca.file} sni str(${new URL(api).hostname}) verifyhost ${new URL(api).hostname}
`;
