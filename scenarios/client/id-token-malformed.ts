import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

const expect = (cause: string) => refusesWhatCame({ cause, by: rfc7519.rejectInvalid });

/** Who lets TLS vouch for the token endpoint (OpenID Connect Core §3.1.3.7) need not look at header and signature. */
const signed = ['id-token', 'id-token-signature'];

/** RFC 7519 §7.2: "If any of the listed steps fail, then the JWT MUST be rejected". */
export default broken(
  {
    family: 'id-token-malformed',
    remedy: 'Parse an ID token strictly, part by part, and say which part could not be read.',
    on: 'idp',
    needs: ['id-token'],
    isolation: 'exclusive',
    stimulus: [logIn()],
  },
  {
    'not-a-jwt': { fault: idp.onIdToken(token.notAJwt()), expect },
    'one-part': { fault: idp.onIdToken(token.onePart()), expect },
    'two-parts': { fault: idp.onIdToken(token.algorithmNoneTwoParts()), expect, needs: signed },
    'four-parts': { fault: idp.onIdToken(token.fourParts()), expect, needs: signed },
    'header-not-base64url': { fault: idp.onIdToken(token.headerNotBase64url()), expect, needs: signed },
    'header-not-json': { fault: idp.onIdToken(token.headerNotJson()), expect, needs: signed },
    'payload-empty': { fault: idp.onIdToken(token.payloadEmpty()), expect },
    'payload-not-json': { fault: idp.onIdToken(token.payloadNotJson()), expect },
    'payload-array': { fault: idp.onIdToken(token.payloadArray()), expect },
    'payload-null': { fault: idp.onIdToken(token.payloadNull()), expect },
    encrypted: { fault: idp.onIdToken(token.encryptedDirect()), expect },
    // An empty one may count as none.
    empty: {
      fault: idp.onIdToken(token.emptyToken()),
      cause: 'idp/token-issuance',
      expect: worksOnOrSaysWhy,
    },
  },
);
