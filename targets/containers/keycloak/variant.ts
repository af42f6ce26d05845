import { type ContainerOptions, container } from '../../../harness/drivers/container/container.ts';
import type { IdpWiring, Target } from '../../../harness/model/target.ts';
import { lifetimes, realm } from './realm.ts';

const source = 'targets/containers/keycloak/realm.ts: lifetimes';

/** Keycloak with one realm, and what is different in a pack of its own. */
export function keycloak(
  about: Pick<Target, 'id' | 'summary'>,
  how: Pick<ContainerOptions<IdpWiring>, 'build' | 'store' | 'startsWithin'> & {
    readonly env?: ContainerOptions<IdpWiring>['env'];
  },
): Target<'idp'> {
  const { env, ...own } = how;
  return {
    ...about,
    role: 'idp',
    capabilities: [
      'authorization-code',
      'client-credentials',
      'refresh-token',
      'refresh-rotation',
      'client-secret',
      'client-scopes',
      'private-key-jwt',
      'client-jwks-uri',
      'request-uri',
      'request-uri-registration',
      'backchannel-logout',
      'public-clients',
      'pkce',
      'pkce-required',
      'introspection',
      'revocation',
      'userinfo',
      'openid',
      'refreshed-id-token',
      'consent',
      'form-post',
      'response-iss',
      'clock',
    ],
    declares: {
      codeLifetime: { value: `${lifetimes.accessCodeLifespan}s`, source },
      accessTokenLifetime: { value: `${lifetimes.accessTokenLifespan}s`, source },
      refreshTokenLifetime: { value: `${lifetimes.ssoSessionIdleTimeout}s`, source },
    },
    idp: {
      issuer: (url) => `${url}/realms/failwell`,
      // Its refresh tokens need no offline_access, which is a token that outlives the session.
      scope: 'openid email items:read items:write',
      // It remembers what a user has consented to.
      authorizationParameters: { prompt: 'consent' },
    },
    // Server administration guide, "Event types": an error's event has the code of its reason.
    words: {
      'client/credentials': /error="(?:invalid_client_credentials|client_not_found)"/,
      'client/redirect-uri': /error="invalid_redirect_uri"/,
      'client/endpoints': /PublicKey wasn't found in the storage\. Requested kid/,
      'attack/code':
        /type="CODE_TO_TOKEN_ERROR".*(?:error="(?:invalid_code|expired_code|pkce_verification_failed|code_verifier_missing|invalid_code_verifier)"|Found different client_id)/,
      'refresh/revoked': /type="REFRESH_TOKEN_ERROR".*error="invalid_token"/,
    },
    driver: container<IdpWiring>({
      port: 8080,
      command: ['start', '--optimized', '--cache=local', '--import-realm'],
      env: (wiring, url) => ({
        KC_HTTP_ENABLED: 'true',
        // https://www.keycloak.org/server/reverseproxy
        ...(wiring.publicUrl === undefined
          ? { KC_HOSTNAME_STRICT: 'false' }
          : { KC_HOSTNAME: wiring.publicUrl, KC_PROXY_HEADERS: 'xforwarded' }),
        KC_HTTP_ACCESS_LOG_ENABLED: 'true',
        KC_HTTP_ACCESS_LOG_PATTERN: 'combined',
        // "Configuring trusted certificates": for what it fetches from clients.
        KC_TRUSTSTORE_PATHS: wiring.ca.file,
        // Quickly compiled code is enough here: it halves the start.
        JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
        ...env?.(wiring, url),
      }),
      files: (wiring) => ({ '/opt/keycloak/data/import/failwell-realm.json': JSON.stringify(realm(wiring)) }),
      // Its first page takes seconds: this one, which says that a client is missing, is made as that of the login is.
      ready: { http: '/realms/failwell/protocol/openid-connect/auth', says: /login-pf/ },
      startsWithin: 170_000,
      clock: 'faketime',
      ...own,
    }),
  };
}
