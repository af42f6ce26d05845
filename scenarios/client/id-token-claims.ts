import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, worksOn, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

const issuer = (cause: string) => refusesWhatCame({ cause, by: openidCore.issuerMatches });
const audience = (cause: string) => refusesWhatCame({ cause, by: openidCore.audienceIsClient });
const untrusted = (cause: string) => refusesWhatCame({ cause, by: openidCore.audienceTrusted });
const expiry = (cause: string) => refusesWhatCame({ cause, by: openidCore.notExpired });
const nonce = (cause: string) => refusesWhatCame({ cause, by: openidCore.nonceMatches });
const subject = (cause: string) => refusesWhatCame({ cause, by: openidCore.subjectIsThere });
const unknownClaims = () => worksOn(rfc7519.ignoreUnknownClaims);

/** OpenID Connect Core §3.1.3.7: "Clients MUST validate the ID Token in the Token Response in the following manner". */
export default broken(
  {
    family: 'id-token-claims',
    remedy:
      'Validate every claim of an ID token before anybody is logged in, and log what was seen and what was expected.',
    on: 'idp',
    needs: ['id-token'],
    isolation: 'exclusive',
    stimulus: [logIn()],
  },
  {
    'issuer-other': { fault: idp.onIdToken(token.issuerOther()), expect: issuer },
    'issuer-missing': { fault: idp.onIdToken(token.issuerMissing()), expect: issuer },
    'issuer-trailing-slash': { fault: idp.onIdToken(token.issuerTrailingSlash()), expect: issuer },
    'issuer-extended': { fault: idp.onIdToken(token.issuerExtended()), expect: issuer },
    'issuer-only-in-header': { fault: idp.onIdToken(token.issuerOnlyInHeader()), expect: issuer },
    'issuer-of-other-tenant': { fault: idp.tenantIdTokenIssuerOther(), expect: issuer },
    'audience-other-client': { fault: idp.idTokenAudienceOtherClient(), expect: audience },
    'audience-missing': { fault: idp.onIdToken(token.audienceMissing()), expect: audience },
    'audience-extended': { fault: idp.onIdToken(token.audienceExtended()), expect: audience },
    'audience-array-other': { fault: idp.onIdToken(token.audienceArrayOther()), expect: audience },
    'audience-untrusted-too': { fault: idp.idTokenAudienceUntrustedToo(), expect: untrusted },
    'audience-array-of-one': {
      fault: idp.onIdToken(token.audienceArrayOfOne()),
      expect: () => worksOn(rfc7519.audienceArray),
    },
    'azp-other': { fault: idp.idTokenAuthorizedPartyOther(), expect: worksOnOrSaysWhy },
    'expired-by-10m': { fault: idp.onIdToken(token.expired({ by: '10m' })), expect: expiry },
    'expiry-missing': { fault: idp.onIdToken(token.expiryMissing()), expect: expiry },
    'issued-in-future': { fault: idp.onIdToken(token.issuedInFuture()), expect: worksOnOrSaysWhy },
    'issued-at-missing': { fault: idp.onIdToken(token.issuedAtMissing()), expect: worksOnOrSaysWhy },
    'nonce-other': { fault: idp.idTokenNonceOther(), expect: nonce, needs: ['nonce'] },
    'nonce-missing': { fault: idp.idTokenNonceMissing(), expect: nonce, needs: ['nonce'] },
    'nonce-empty': { fault: idp.idTokenNonceEmpty(), expect: nonce, needs: ['nonce'] },
    'subject-missing': { fault: idp.onIdToken(token.claimMissing({ claim: 'sub' })), expect: subject },
    'subject-empty': { fault: idp.onIdToken(token.claimIs({ claim: 'sub', as: 'empty' })), expect: subject },
    'access-token-hash-other': { fault: idp.idTokenAccessTokenHashOther(), expect: worksOnOrSaysWhy },
    'unknown-claim': { fault: idp.onIdToken(token.claimUnknown()), expect: unknownClaims },
    'namespaced-claims': { fault: idp.claimsIdTokenNamespaced(), expect: unknownClaims },
    missing: { fault: idp.tokenIdTokenMissing(), cause: 'idp/token-issuance', expect: worksOnOrSaysWhy },
  },
);
