import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import { rfc9068 } from '../../harness/requirements/rfc9068.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, acceptsToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/malformed';
const wrongKind = refusesToken({ cause, by: rfc9068.type });

/** RFC 9068 §4: "MUST verify that the "typ" header value is "at+jwt" or "application/at+jwt"." */
export default forged(
  {
    family: 'token-type',
    cause,
    remedy: 'Accept only the typ of access tokens, so that an ID token or a logout token cannot stand in for one.',
  },
  {
    jwt: { flaw: token.typeJwt(), expect: wrongKind, needs: ['rfc9068'] },
    missing: { flaw: token.typeMissing(), expect: wrongKind, needs: ['rfc9068'] },
    'jwt-elsewhere': { flaw: token.typeJwt(), expect: acceptsOrRefusesToken({ cause }), needs: ['!rfc9068'] },
    'id-token': {
      flaw: token.idToken(),
      expect: refusesToken({ cause, by: rfc8725.exclusiveRules }),
      needs: ['rfc9068'],
    },
    'logout-token': {
      flaw: token.logoutToken(),
      expect: refusesToken({ cause, by: rfc8725.exclusiveRules }),
      needs: ['rfc9068'],
    },
    'dpop-proof': { flaw: token.typeDpop(), expect: wrongKind, needs: ['rfc9068'] },
    full: { flaw: token.typeFull(), expect: acceptsToken(rfc9068.type) },
    case: { flaw: token.typeCase(), expect: acceptsOrRefusesToken({ cause }) },
  },
);
