import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { seeded } from '../../harness/random.ts';
import { systemClock } from '../../mocks/clock/clock.ts';
import { createIdp, type Idp, type IdpOptions } from '../../mocks/idp/idp.ts';
import { openLink } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { KeyAndCertificate } from '../../mocks/pki/certificate.ts';
import { alice, bob, mobile, web } from './idp-flow-fixtures.ts';

/** Where `mobile` gets its answers. */
export const loopback = 'http://127.0.0.1:4711/callback';

/** An IdP behind a port, by the system's clock, and its users' browser: what it is sent to, and where that ends. */
export async function served({ tls, ...options }: Partial<IdpOptions> & { readonly tls?: KeyAndCertificate } = {}) {
  let idp: Idp | undefined;
  const link = await openLink({
    name: 'client→idp',
    listen: true,
    origin: { handle: async (request) => (idp as Idp).handle(request) },
    tls,
    observe: () => {},
    now: () => performance.now(),
  });
  idp = await createIdp({
    issuer: `${link.url}/tenant`,
    audience: 'https://api.example',
    scope: 'items:read items:write',
    clock: systemClock,
    random: seeded(1, 'clients'),
    clients: [web, { ...web, id: 'web-post', tokenEndpointAuthMethod: 'client_secret_post' }, mobile],
    users: [alice, bob],
    attackerUrl: 'https://attacker.example/jwks',
    ...options,
  });
  const follow = async (url: URL | string, user = 'alice'): Promise<URL> => {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: (idp as Idp).logIn(user) } });
    return new URL(answer.headers.get('location') ?? '');
  };
  return { idp, issuer: new URL(idp.issuer), follow, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() };
}

/** For a link that every client in this process trusts from now on, as one started with `NODE_EXTRA_CA_CERTS` would. */
export async function trusted(): Promise<KeyAndCertificate> {
  const authority = await createAuthority({ clock: systemClock });
  setDefaultCACertificates([...getCACertificates('default'), authority.caPem]);
  return authority.issue({ hosts: ['127.0.0.1'] });
}
