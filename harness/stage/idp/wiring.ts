import type { IdpWiring, Target } from '../../model/target.ts';

const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];
const apiScope = 'items:read items:write';
const scope = `openid offline_access profile email ${apiScope}`;

/** What an IdP is asked to be configured with. Nothing listens at the redirect URIs: a walk ends before them. */
export const idpParties: Pick<IdpWiring, 'clients' | 'user' | 'audience' | 'scope'> = {
  clients: {
    confidential: {
      id: 'failwell-client',
      secret: 'cs-7c1e5a9f63d2-80b4d7e1a5',
      redirectUris: ['https://client.failwell.test/callback'],
      grantTypes,
      scope,
    },
    public: {
      id: 'failwell-native',
      redirectUris: ['https://native.failwell.test/callback', 'http://127.0.0.1/callback'],
      grantTypes: ['authorization_code', 'refresh_token'],
      scope,
    },
    other: {
      id: 'failwell-other',
      secret: 'other-secret-4b8d0e6c2a97',
      redirectUris: ['https://other.failwell.test/callback'],
      grantTypes,
      scope,
    },
    awkward: {
      id: 'failwell-awkward',
      secret: 'awkward-secret%3B+:9e5d/1f',
      redirectUris: ['https://awkward.failwell.test/callback'],
      grantTypes,
      scope: scope.replace(/ \S+$/, ''),
    },
    assertion: {
      id: 'failwell-assertion',
      secret: 'assertion-secret-6a0f4c8e2b7d9135f8a1c3e5',
      redirectUris: ['https://assertion.failwell.test/callback'],
      grantTypes,
      scope,
    },
  },
  user: { username: 'alice', password: 'alice-pw-3f9c51e2d84b', email: 'alice@failwell.test' },
  audience: 'https://api.failwell.test',
  scope: apiScope,
};

/** What a client asks for by default: as much as the IdP can do. */
export function scopeFor({ capabilities }: Target, api: string): string {
  const openid = capabilities.includes('openid');
  const refresh = openid && capabilities.includes('refresh-token');
  return [...(openid ? ['openid'] : []), ...(refresh ? ['offline_access'] : []), api].join(' ');
}
