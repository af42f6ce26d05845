import * as tls from '../../mocks/faults/links/tls/index.ts';
import type { Variant } from '../broken.ts';
import { broken } from './broken.ts';
import { refusesAsUnavailable, worksOnOrRefuses } from './expectations.ts';
import { callApi, opaque } from './stimuli.ts';

const remedy =
  'Never switch the verification off; answer 503, and log which host showed which certificate and what is wrong with it (expired since when, issued by whom, for which names).';

/** Whoever shows such a certificate is not known to be the IdP. */
const untrusted: { readonly [variant: string]: Variant } = {
  expired: { fault: tls.expiredCertificate(), expect: refusesAsUnavailable },
  'not-yet-valid': { fault: tls.notYetValid(), expect: refusesAsUnavailable },
  'self-signed': { fault: tls.selfSigned(), expect: refusesAsUnavailable },
  'unknown-authority': { fault: tls.unknownAuthority(), expect: refusesAsUnavailable },
  'wrong-host': { fault: tls.wrongHost(), expect: refusesAsUnavailable },
};

/**
 * RFC 7519 §11.1: "The contents of a JWT cannot be relied upon in a trust decision unless its contents have been
 * cryptographically secured and bound to the context necessary for the trust decision": not by keys, nor by words about a
 * token, from somebody who cannot prove to be the IdP.
 */
export default [
  ...broken(
    {
      family: 'idp-certificate',
      remedy,
      on: 'gateway→idp',
      needs: ['jwt', 'jwks'],
      isolation: 'fresh',
      cold: true,
    },
    {
      ...untrusted,
      'expired-intermediate': { fault: tls.expiredIntermediate(), expect: refusesAsUnavailable },
      'missing-intermediate': { fault: tls.missingIntermediate(), expect: refusesAsUnavailable },
      'wrong-usage': { fault: tls.wrongUsage(), expect: refusesAsUnavailable },
      // No sentence obliges to ask for revocation lists, nor to refuse old versions of TLS that both sides still speak.
      revoked: { fault: tls.revoked(), expect: worksOnOrRefuses },
      'tls-1.0-only': { fault: tls.onlyTls10(), expect: worksOnOrRefuses },
      'handshake-reset': { fault: tls.handshakeResets(), cause: 'network/intermittent', expect: refusesAsUnavailable },
      alert: { fault: tls.alerts(), expect: refusesAsUnavailable },
      plaintext: { fault: tls.plaintext(), expect: refusesAsUnavailable },
    },
  ),
  ...broken(
    {
      family: 'idp-certificate',
      remedy,
      on: 'gateway→idp',
      needs: ['opaque', 'introspection'],
      isolation: 'exclusive',
      stimulus: [callApi({ token: opaque })],
    },
    Object.fromEntries(Object.entries(untrusted).map(([variant, row]) => [`introspection-${variant}`, row])),
  ),
];
