import { answers } from '../../harness/oracles/answers.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { acceptsOrRefusesToken, acceptsToken, refusesToken } from './expectations.ts';
import { forged } from './forged.ts';

const cause = 'client/scope';
const expect = refusesToken({
  cause,
  by: rfc6749.mustReject,
  says: answers(403, 'insufficient_scope').by(rfc6750.shouldSayInsufficientScope),
});

/** RFC 6750 §3.1: "The request requires higher privileges than provided by the access token." */
export default forged(
  {
    family: 'token-scope',
    cause,
    needs: ['scope'],
    remedy:
      'Compare the required scope with each space-delimited value as a whole, case included, and answer 403 insufficient_scope.',
  },
  {
    other: { flaw: token.scopeOther(), expect },
    missing: { flaw: token.scopeMissing(), expect },
    extended: { flaw: token.scopeExtended(), expect },
    cut: { flaw: token.scopeCut(), expect },
    containing: { flaw: token.scopeContaining(), expect },
    case: { flaw: token.scopeCase(), expect },
    'among-others': { flaw: token.scopeAmongOthers(), expect: acceptsToken(rfc6749.scopeCaseSensitive) },
    array: {
      flaw: token.scopeArray(),
      expect: acceptsOrRefusesToken({ cause, also: [answers(403, 'insufficient_scope')] }),
    },
  },
);
