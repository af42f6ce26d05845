import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

const expect = (cause: string) => refusesWhatCame({ cause, by: rfc7519.rejectInvalid });

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
    'two-parts': { fault: idp.onIdToken(token.algorithmNoneTwoParts()), expect },
    'four-parts': { fault: idp.onIdToken(token.fourParts()), expect },
    'header-not-base64url': { fault: idp.onIdToken(token.headerNotBase64url()), expect },
    'header-not-json': { fault: idp.onIdToken(token.headerNotJson()), expect },
    'payload-empty': { fault: idp.onIdToken(token.payloadEmpty()), expect },
    'payload-not-json': { fault: idp.onIdToken(token.payloadNotJson()), expect },
    'payload-array': { fault: idp.onIdToken(token.payloadArray()), expect },
    'payload-null': { fault: idp.onIdToken(token.payloadNull()), expect },
    encrypted: { fault: idp.onIdToken(token.encryptedDirect()), expect },
    // An empty one may count as none.
    empty: { fault: idp.onIdToken(token.emptyToken()), expect: worksOnOrSaysWhy },
  },
);
