import { openid } from './document.ts';

const { must } = openid('openid-connect-discovery-1_0');

/** OpenID Connect Discovery 1.0. */
export const openidDiscovery = {
  issuerIdentical: must(
    '4.3',
    'issuer-identical',
    'The issuer value returned MUST be identical to the Issuer URL that was used as the prefix to /.well-known/openid-configuration to retrieve the configuration information.',
    { cwe: ['CWE-346'] },
  ),
};
