import { defineTarget } from '../../../harness/define.ts';
import { type ContainerOptions, container } from '../../../harness/drivers/container/container.ts';
import type { GatewayWiring } from '../../../harness/model/target.ts';

export const options = {
  build: new URL('.', import.meta.url),
  port: 8080,
  files: (wiring) => ({ '/etc/nginx/nginx.conf': configuration(wiring) }),
  command: ['nginx', '-g', 'daemon off;'],
  ready: { tcp: true },
  clock: 'faketime',
} satisfies ContainerOptions;

export default defineTarget({
  id: 'containers/nginx-njs',
  role: 'gateway',
  summary: 'nginx 1.22 with auth_request and njs 0.7, which asks for each token by introspection, as NGINX shows it',
  capabilities: ['opaque', 'introspection', 'introspection-cache'],
  declares: {
    introspectionCache: { value: '10s', source: 'targets/containers/nginx-njs/target.ts: proxy_cache_valid' },
    deadline: { value: '5s', source: 'targets/containers/nginx-njs/target.ts: proxy_read_timeout' },
  },
  driver: container(options),
});

const configuration = ({ api, port, ca, introspectionEndpoint, clientId, clientSecret }: GatewayWiring) => `
load_module modules/ngx_http_js_module.so;
worker_processes 1;
error_log /dev/stderr warn;
events {}

http {
  js_import oauth from /etc/nginx/introspect.js;
  access_log /dev/stdout combined;
  proxy_read_timeout 5s;
  proxy_connect_timeout 5s;
  proxy_ssl_verify on;
  proxy_ssl_trusted_certificate ${ca.file};
  proxy_ssl_server_name on;

  map $http_authorization $access_token {
    "~*^bearer (.*)$" $1;
  }
  proxy_cache_path /var/cache/nginx/tokens levels=1 keys_zone=tokens:1m max_size=10m;

  server {
    listen ${port};

    location / {
      auth_request /_oauth;
      proxy_pass ${api};
    }

    location = /_oauth {
      internal;
      js_content oauth.introspect;
    }

    location = /_introspection {
      internal;
      gunzip on;
      proxy_method POST;
      proxy_set_header Authorization "Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}";
      proxy_set_header Content-Type application/x-www-form-urlencoded;
      proxy_set_body "token=$arg_token&token_type_hint=access_token";
      proxy_pass ${introspectionEndpoint};
      proxy_cache tokens;
      proxy_cache_key $access_token;
      proxy_cache_lock on;
      proxy_cache_valid 200 10s;
      proxy_cache_use_stale error timeout;
      proxy_ignore_headers Cache-Control Expires Set-Cookie;
    }
  }
}
`;
