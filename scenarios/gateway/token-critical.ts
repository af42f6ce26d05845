import { rfc7515 } from '../../harness/requirements/rfc7515.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, badRequestOrToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/malformed';
const not = refusesToken({ cause, by: rfc7515.critical, says: badRequestOrToken });
/** "Recipients MAY consider the JWS to be invalid […] if any other constraints on its use are violated." */
const misused = acceptsOrRefusesToken({ cause });

/** RFC 7515 §4.1.11: "If any of the listed extension Header Parameters are not understood […] then the JWS is invalid." */
export default forged(
  {
    family: 'token-critical',
    cause,
    remedy: 'Refuse a token whose crit lists anything that is not understood.',
  },
  {
    unknown: { flaw: token.critUnknown(), expect: not },
    'absent-member': { flaw: token.critAbsentMember(), expect: not },
    empty: { flaw: token.critEmpty(), expect: misused },
    string: { flaw: token.critString(), expect: misused },
  },
);
