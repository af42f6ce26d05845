import { answers } from '../../harness/oracles/answers.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import { refused, resets } from '../../mocks/faults/links/connection.ts';
import { neverAnswers, resetBeforeAnswer, truncated } from '../../mocks/faults/links/delivery.ts';
import { status } from '../../mocks/faults/links/status.ts';
import { broken } from './broken.ts';
import { passesOn, refusesForUpstream } from './expectations.ts';

const cause = 'gateway/upstream';
const away = () => refusesForUpstream(answers([502, 503, 504]).by(rfc9110.badGateway));
const late = () => refusesForUpstream(answers([502, 503, 504]).by(rfc9110.gatewayTimeout));
const passedOn = () => passesOn(answers([500, 502, 503, 504]).by(practice.callerNotBlamed));

/** RFC 9110 §15.6.3: 502 says that a gateway "received an invalid response from an inbound server". */
export default broken(
  {
    family: 'upstream',
    remedy: 'Answer 502 or 504, log which upstream failed and how, and never call it a problem of the token.',
    on: 'gateway→api',
    isolation: 'exclusive',
  },
  {
    refused: { fault: refused({ cause }), expect: away },
    reset: { fault: resets({ cause }), expect: away },
    'reset-before-answer': { fault: resetBeforeAnswer({ cause }), expect: away },
    truncated: { fault: truncated({ bytes: 5, cause }), expect: away },
    hangs: { fault: neverAnswers({ cause }), expect: late, slow: true },
    'status-500': { fault: status(500, { cause }), expect: passedOn },
    'status-503': { fault: status(503, { cause }), expect: passedOn },
  },
);
