import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/signature';
const expect = refusesToken({ cause, by: rfc8725.keysBelongToIssuer });

/** RFC 8725 §3.10: "blindly following a "jku" […] or "x5u" […] could result in server-side request forgery." */
export default forged(
  {
    family: 'token-embedded-key',
    cause,
    remedy: "Take keys from the issuer's own JWK Set only; ignore jwk, jku, x5u and x5c in a token.",
  },
  {
    'jwk-published-kid': { flaw: token.embeddedJwkPublishedKid(), expect },
    'jku-published-kid': { flaw: token.embeddedJkuPublishedKid(), expect },
    'x5c-published-kid': { flaw: token.embeddedX5cPublishedKid(), expect },
    jwk: { flaw: token.embeddedJwk(), expect, isolation: 'fresh' },
    jku: { flaw: token.embeddedJku(), expect, isolation: 'fresh' },
    'jku-array': { flaw: token.embeddedJkuArray(), expect, isolation: 'fresh' },
    x5u: { flaw: token.embeddedX5u(), expect, isolation: 'fresh' },
    x5c: { flaw: token.embeddedX5c(), expect, isolation: 'fresh' },
  },
);
