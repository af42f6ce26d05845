import type { IdpWiring, RegisteredClient } from '../../../harness/model/target.ts';
import type { IdpOptions } from '../../../mocks/idp/options.ts';

type Known = IdpOptions['clients'][number];

/** The clients of a stage as the mock IdP knows them. */
export function knownClients({
  public: native,
  key,
  logout,
  ...bySecret
}: IdpWiring['clients']): IdpOptions['clients'] {
  const { confidential, other, awkward, assertion } = bySecret;
  return [
    known(confidential),
    { ...known(native), public: true },
    known(other),
    known(awkward),
    { ...known(assertion), tokenEndpointAuthMethod: 'client_secret_jwt' },
    // Its keys are fetched.
    ...(key === undefined
      ? []
      : [
          {
            ...known(key),
            tokenEndpointAuthMethod: 'private_key_jwt' as const,
            tokenEndpointAuthSigningAlg: 'RS256',
            requestObjectSigningAlg: 'RS256',
          },
        ]),
    ...(logout === undefined ? [] : [known(logout)]),
  ];
}

const known = ({ jwks: _, ...client }: RegisteredClient): Known => client;
