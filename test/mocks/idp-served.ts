import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { seeded } from '../../harness/random.ts';
import { systemClock } from '../../mocks/clock/clock.ts';
import { createIdp, type Idp, type IdpOptions } from '../../mocks/idp/idp.ts';
import { type LinkOptions, openLink } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { KeyAndCertificate } from '../../mocks/pki/issued.ts';
import { alice, bob, mobile, web } from './idp-flow-fixtures.ts';

/** Where `mobile` gets its answers. */
export const loopback = 'http://127.0.0.1:4711/callback';

/** What the links are served with, plain HTTP when absent. `mtls` is for one more, which asks for certificates. */
interface Tls {
  readonly tls?: KeyAndCertificate;
  readonly mtls?: KeyAndCertificate;
}

/** An IdP behind a port, by the system's clock, and its users' browsers: what they are sent to, and where that ends. */
export async function served({ tls, mtls, ...options }: Partial<IdpOptions> & Tls = {}) {
  let idp: Idp | undefined;
  const open = (served: LinkOptions['tls']) =>
    openLink({
      name: 'client→idp',
      listen: true,
      origin: { handle: async (request) => (idp as Idp).handle(request) },
      tls: served,
      observe: () => {},
      now: () => performance.now(),
    });
  const link = await open(tls);
  const mutual = mtls && (await open({ ...mtls, requestClientCertificates: {} }));
  idp = await createIdp({
    issuer: `${link.url}/tenant`,
    audience: 'https://api.example',
    scope: 'items:read items:write',
    clock: systemClock,
    random: seeded(1, 'clients'),
    clients: [web, { ...web, id: 'web-post', tokenEndpointAuthMethod: 'client_secret_post' }, mobile],
    users: [alice, bob],
    attackerUrl: 'https://attacker.example/jwks',
    ...(mutual && { mtlsOrigin: mutual.url }),
    ...options,
  });
  const cookies = new Map<string, string>();
  const follow = async (url: URL | string, user = 'alice'): Promise<URL> => {
    const cookie = cookies.get(user) ?? (idp as Idp).logIn(user);
    cookies.set(user, cookie);
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    return new URL(answer.headers.get('location') ?? '');
  };
  const close = async () => void (await Promise.all([link, mutual].map((one) => one?.[Symbol.asyncDispose]())));
  return { idp, issuer: new URL(idp.issuer), follow, [Symbol.asyncDispose]: close };
}

/** For a link that every client in this process trusts from now on, as one started with `NODE_EXTRA_CA_CERTS` would. */
export async function trusted(): Promise<KeyAndCertificate> {
  const authority = await createAuthority({ clock: systemClock });
  setDefaultCACertificates([...getCACertificates('default'), authority.caPem]);
  return authority.issue({ hosts: ['127.0.0.1'] });
}
