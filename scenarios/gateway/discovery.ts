import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { openidDiscovery } from '../../harness/requirements/openid-discovery.ts';
import { practice } from '../../harness/requirements/practice.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { redirectsElsewhere } from '../../mocks/faults/links/redirect.ts';
import { status } from '../../mocks/faults/links/status.ts';
import { broken } from './broken.ts';
import { refusesAsUnavailable, worksOn } from './expectations.ts';

const remedy =
  'Check that the metadata names the configured issuer, and say which document at which URL was of no use.';
const common = {
  family: 'discovery',
  remedy,
  at: 'discovery',
  needs: ['jwt', 'discovery'],
  isolation: 'fresh',
  cold: true,
} as const;

/** Metadata of another issuer is of no use, whatever it says. */
function refusesForeignMetadata(cause: string) {
  const { properties } = refusesAsUnavailable(cause);
  return {
    outcome: 'refuse' as const,
    properties: { ...properties, safe: [neverReaches('api').by(openidDiscovery.issuerIdentical)] },
  };
}

/** OpenID Connect Discovery §4.3: the issuer "MUST be identical"; RFC 8414 §3.3: else the data "MUST NOT be used." */
export default [
  ...broken(
    { ...common, on: 'idp' },
    {
      'issuer-other': { fault: idp.metadataIssuerOther(), expect: refusesForeignMetadata },
      'issuer-trailing-slash': { fault: idp.metadataIssuerTrailingSlash(), expect: refusesForeignMetadata },
      'jwks-uri-missing': { fault: idp.metadataJwksUriMissing(), expect: refusesAsUnavailable },
      'jwks-uri-wrong-path': { fault: idp.metadataJwksUriWrongPath(), expect: refusesAsUnavailable },
      'jwks-uri-no-url': { fault: idp.metadataJwksUriNoUrl(), expect: refusesAsUnavailable },
      'unknown-members': { fault: idp.metadataUnknownMembers(), expect: () => worksOn(practice.tolerates) },
    },
  ),
  ...broken(
    { ...common, on: 'gateway→idp' },
    {
      'status-404': { fault: status(404, { cause: 'idp/endpoints' }), expect: refusesAsUnavailable },
      'captive-page': { fault: body.htmlPage(), expect: refusesAsUnavailable },
      malformed: { fault: body.malformedJson({ cause: 'idp/endpoints' }), expect: refusesAsUnavailable },
      'redirected-away': { fault: redirectsElsewhere({ cause: 'idp/endpoints' }), expect: refusesAsUnavailable },
    },
  ),
];
