import { answers } from '../../harness/oracles/answers.ts';
import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, badRequestOrToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/malformed';
const expect = refusesToken({ cause, by: rfc7519.rejectInvalid, says: badRequestOrToken });
/** An empty token is none, for which no error code is asked. */
const none = refusesToken({ cause, by: rfc7519.rejectInvalid, says: answers([400, 401]).by(rfc9110.answer401) });

/** RFC 7519 §7.2: "If any of the listed steps fail, then the JWT MUST be rejected." */
export default forged(
  {
    family: 'token-malformed',
    cause,
    remedy:
      'Parse strictly, part by part, and say which part could not be read; a bad token is never an internal error.',
  },
  {
    'not-a-jwt': { flaw: token.notAJwt(), expect, needs: ['!opaque'] },
    'one-part': { flaw: token.onePart(), expect },
    'four-parts': { flaw: token.fourParts(), expect },
    'dots-only': { flaw: token.dotsOnly(), expect },
    empty: { flaw: token.emptyToken(), expect: none },
    'header-empty': { flaw: token.headerEmpty(), expect },
    'header-not-base64url': { flaw: token.headerNotBase64url(), expect },
    'header-not-json': { flaw: token.headerNotJson(), expect },
    'header-array': { flaw: token.headerArray(), expect },
    'payload-empty': { flaw: token.payloadEmpty(), expect },
    'payload-not-json': { flaw: token.payloadNotJson(), expect },
    'payload-array': { flaw: token.payloadArray(), expect },
    'payload-string': { flaw: token.payloadString(), expect },
    'payload-null': { flaw: token.payloadNull(), expect },
    encrypted: { flaw: token.encryptedDirect(), expect },
    'huge-claim': {
      flaw: token.hugeClaim({ kibibytes: 64 }),
      // RFC 9110 §5.4 asks for "an appropriate 4xx (Client Error) status code", and many servers have only this one.
      expect: acceptsOrRefusesToken({ cause, unread: answers([400, 413, 431]) }),
    },
    'deep-nesting': { flaw: token.deepNesting({ levels: 1_000 }), expect: acceptsOrRefusesToken({ cause }) },
    'duplicate-claim': { flaw: token.duplicateClaim(), expect: acceptsOrRefusesToken({ cause }) },
  },
);
