import { rfc7515 } from '../../harness/requirements/rfc7515.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { badRequestOrToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'token/malformed';
const not = refusesToken({ cause, by: rfc7515.critical, says: badRequestOrToken });
const wrong = refusesToken({ cause, by: rfc7515.criticalProcessed, says: badRequestOrToken });

/** RFC 7515 §4.1.11: "If any of the listed extension Header Parameters are not understood […] then the JWS is invalid." */
export default forged(
  {
    family: 'token-critical',
    cause,
    remedy: 'Refuse a token whose crit lists anything that is not understood, is empty, or is no array of names.',
  },
  {
    unknown: { flaw: token.critUnknown(), expect: not },
    'absent-member': { flaw: token.critAbsentMember(), expect: not },
    empty: { flaw: token.critEmpty(), expect: wrong },
    string: { flaw: token.critString(), expect: wrong },
  },
);
