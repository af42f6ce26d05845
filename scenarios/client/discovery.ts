import { openidDiscovery } from '../../harness/requirements/openid-discovery.ts';
import { practice } from '../../harness/requirements/practice.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { neverAnswers } from '../../mocks/faults/links/delivery.ts';
import { redirectsElsewhere } from '../../mocks/faults/links/redirect.ts';
import { status } from '../../mocks/faults/links/status.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, saysThatItFailed, worksOn, worksOnOrSaysWhy } from './expectations.ts';

const common = {
  family: 'discovery',
  remedy: 'Check that the metadata names the configured issuer, and say which document at which URL was of no use.',
  at: 'discovery',
  needs: ['discovery'],
  isolation: 'fresh',
  cold: true,
} as const;
const cause = 'idp/endpoints';
const foreign = (what: string) => refusesWhatCame({ cause: what, by: openidDiscovery.issuerIdentical });

/** OpenID Connect Discovery §4.3: the issuer "MUST be identical" to the one that was asked. */
export default [
  ...broken(
    { ...common, on: 'idp' },
    {
      'issuer-other': { fault: idp.metadataIssuerOther(), expect: foreign },
      'issuer-trailing-slash': { fault: idp.metadataIssuerTrailingSlash(), expect: foreign },
      'issuer-http': { fault: idp.metadataIssuerHttp(), expect: foreign },
      'issuer-missing': { fault: idp.metadataIssuerMissing(), expect: foreign },
      'issuer-of-other-tenant': { fault: idp.tenantMetadataIssuerOther(), expect: foreign },
      'unknown-members': { fault: idp.metadataUnknownMembers(), expect: () => worksOn(practice.tolerates) },
      'token-endpoint-missing': { fault: idp.metadataTokenEndpointMissing(), expect: saysThatItFailed },
      // What has no Access-Control-Allow-Origin tells a page of another origin nothing, not even its status.
      'token-endpoint-wrong-path': {
        fault: idp.metadataTokenEndpointWrongPath(),
        expect: saysThatItFailed,
        needs: ['!browser'],
      },
      'token-endpoint-http': { fault: idp.metadataTokenEndpointHttp(), expect: saysThatItFailed },
      'authorization-endpoint-missing': {
        fault: idp.metadataAuthorizationEndpointMissing(),
        expect: saysThatItFailed,
        needs: ['code'],
      },
      'jwks-uri-missing': {
        fault: idp.metadataJwksUriMissing(),
        expect: worksOnOrSaysWhy,
        needs: ['id-token-signature'],
      },
      'not-found': { fault: idp.discoveryNotFound(), expect: saysThatItFailed },
      array: { fault: idp.discoveryArray(), expect: saysThatItFailed },
      'error-with-200': { fault: idp.discoveryError200(), expect: saysThatItFailed },
    },
  ),
  ...broken(
    { ...common, on: 'client→idp' },
    {
      'status-503': { fault: status(503, { cause }), expect: worksOnOrSaysWhy },
      'captive-page': { fault: body.htmlPage(), expect: saysThatItFailed },
      malformed: { fault: body.malformedJson({ cause }), expect: saysThatItFailed },
      'redirected-away': { fault: redirectsElsewhere({ cause }), expect: saysThatItFailed },
      unanswered: { fault: neverAnswers(), expect: saysThatItFailed, slow: true },
    },
  ),
];
