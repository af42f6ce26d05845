import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc7515 } from '../../harness/requirements/rfc7515.ts';
import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, worksOn, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

const tampered = (cause: string) => refusesWhatCame({ cause, by: rfc8725.validateAllOperations });
const none = (cause: string) => refusesWhatCame({ cause, by: openidCore.noneMustNotBe });
const foreign = (cause: string) => refusesWhatCame({ cause, by: openidCore.keysOfIssuer });
const confused = (cause: string) => refusesWhatCame({ cause, by: rfc8725.onlyChosenAlgorithms });
const pointed = (cause: string) =>
  refusesWhatCame({
    cause,
    by: openidCore.keysOfIssuer,
    safe: [neverReaches('attacker').by(practice.neverContactsTokenUrl)],
  });

/**
 * OpenID Connect Core §3.1.3.7: "The Client MUST use the keys provided by the Issuer." Only for clients that say they
 * check: "the TLS server validation MAY be used to validate the issuer in place of checking the token signature."
 */
export default broken(
  {
    family: 'id-token-signature',
    remedy:
      "Verify an ID token with a key of the issuer's JWK Set, by an algorithm that was agreed on, before anything in it is believed.",
    on: 'idp',
    needs: ['id-token', 'id-token-signature'],
    // An unknown kid has the keys fetched again, which is bounded; a cold client meets a changed JWK Set.
    isolation: 'fresh',
    cold: true,
    stimulus: [logIn()],
  },
  {
    tampered: { fault: idp.onIdToken(token.tamperedPayload()), expect: tampered },
    stripped: { fault: idp.onIdToken(token.signatureStripped()), expect: tampered },
    'none-lower': { fault: idp.onIdToken(token.algorithmNone()), expect: none },
    'none-capital': { fault: idp.onIdToken(token.algorithmNone({ casing: 'capital' })), expect: none },
    'none-upper': { fault: idp.onIdToken(token.algorithmNone({ casing: 'upper' })), expect: none },
    'none-mixed': { fault: idp.onIdToken(token.algorithmNone({ casing: 'mixed' })), expect: none },
    'none-signed': { fault: idp.onIdToken(token.algorithmNoneSigned()), expect: none },
    'key-confusion': { fault: idp.onIdToken(token.keyConfusion()), expect: confused },
    'key-confusion-pkcs1': { fault: idp.onIdToken(token.keyConfusion({ shape: 'pkcs1-pem' })), expect: confused },
    'key-confusion-empty': { fault: idp.onIdToken(token.keyConfusion({ shape: 'empty' })), expect: confused },
    'weak-secret': { fault: idp.onIdToken(token.weakSecret()), expect: confused },
    'algorithm-missing': { fault: idp.onIdToken(token.algorithmMissing()), expect: tampered },
    'algorithm-unknown': { fault: idp.onIdToken(token.algorithmUnknown()), expect: confused },
    'foreign-key': { fault: idp.onIdToken(token.foreignKeyPublishedKid()), expect: foreign },
    'keys-of-other-tenant': { fault: idp.tenantKeysOther(), cause: 'idp/signing-keys', expect: foreign },
    'embedded-jwk': { fault: idp.onIdToken(token.embeddedJwk()), expect: foreign },
    'embedded-x5c': { fault: idp.onIdToken(token.embeddedX5c()), expect: foreign },
    'embedded-jku': { fault: idp.onIdToken(token.embeddedJku()), expect: pointed },
    'embedded-x5u': { fault: idp.onIdToken(token.embeddedX5u()), expect: pointed },
    'key-id-url': { fault: idp.onIdToken(token.keyIdUrl()), expect: pointed },
    'key-id-unknown': { fault: idp.onIdToken(token.keyIdUnknown()), expect: worksOnOrSaysWhy },
    'critical-unknown': {
      fault: idp.onIdToken(token.critUnknown()),
      expect: (cause) => refusesWhatCame({ cause, by: rfc7515.critical }),
    },
    'key-id-missing-one-key': {
      fault: idp.onIdToken(token.keyIdMissing()),
      also: idp.jwksSigningKeyOnly(),
      expect: () => worksOn(openidCore.kidWhereSeveral),
    },
  },
);
