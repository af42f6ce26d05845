import type { CauseId } from '../../../../harness/model/cause.ts';
import { refusing } from '../answer-body.ts';
import { family } from '../family.ts';
import { memberFaults } from '../member-faults.ts';

const fault = family('ciba', { seam: 'backchannel-authentication-answer', layer: 'flow', cause: 'idp/token-issuance' });

const { says, lacks } = memberFaults(fault);

// CIBA Core §7.3: auth_req_id and expires_in are required, and an interval that is not said is 5 seconds.
export const cibaRequestIdMissing = () => lacks('auth_req_id');
export const cibaRequestIdEmpty = () => says('auth-req-id-empty', 'auth_req_id is empty', { auth_req_id: '' });
export const cibaExpiresInMissing = () => lacks('expires_in');
/** Must be tolerated. */
export const cibaIntervalMissing = () => lacks('interval');
export const cibaIntervalHuge = () => says('interval-huge', 'interval is more than a day', { interval: 100_000 });
export const cibaIntervalNegative = () => says('interval-negative', 'interval is negative', { interval: -1 });
export const cibaIntervalString = () => says('interval-string', 'interval is a string', { interval: '5' });
export const cibaExpiresInZero = () => says('expires-in-zero', 'expires_in is 0', { expires_in: 0 });

// CIBA Core §13.
const cibaError = (error: string, description: string, why: CauseId, status = 400) =>
  fault(error.replaceAll('_', '-'), `the answer is the error ${error}`, refusing(error, description, { status }), why);

export const cibaUnknownUser = () => cibaError('unknown_user_id', 'No user fits the hint', 'policy/conditional-access');
export const cibaMissingUserCode = () =>
  cibaError('missing_user_code', 'The user code is missing', 'policy/conditional-access');
export const cibaInvalidBindingMessage = () =>
  cibaError('invalid_binding_message', 'The binding message cannot be shown', 'idp/token-issuance');
export const cibaAccessDenied = () =>
  cibaError('access_denied', 'The user or a policy said no', 'policy/conditional-access', 403);
