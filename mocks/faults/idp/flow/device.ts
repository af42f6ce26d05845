import { editing, renamed } from '../answer-body.ts';
import { family } from '../family.ts';
import { memberFaults } from '../member-faults.ts';

const fault = family('device', { seam: 'device-authorization-answer', layer: 'flow', cause: 'idp/token-issuance' });

const { says, lacks } = memberFaults(fault);

// RFC 8628 §3.2: the first three and expires_in are required, and an interval that is not said is 5 seconds.
export const deviceCodeMissing = () => lacks('device_code');
export const deviceUserCodeMissing = () => lacks('user_code');
export const deviceVerificationUriMissing = () => lacks('verification_uri');
export const deviceExpiresInMissing = () => lacks('expires_in');
/** Must be tolerated. */
export const deviceIntervalMissing = () => lacks('interval');
/** Must be tolerated. */
export const deviceVerificationUriCompleteMissing = () => lacks('verification_uri_complete');
export const deviceIntervalHuge = () => says('interval-huge', 'interval is more than a day', { interval: 100_000 });
export const deviceIntervalNegative = () => says('interval-negative', 'interval is negative', { interval: -1 });
export const deviceIntervalZero = () => says('interval-zero', 'interval is 0', { interval: 0 });
export const deviceIntervalString = () => says('interval-string', 'interval is a string', { interval: '5' });
export const deviceExpiresInZero = () => says('expires-in-zero', 'expires_in is 0', { expires_in: 0 });
export const deviceVerificationUriAttacker = () =>
  says('verification-uri-attacker', 'verification_uri is on another host', {
    verification_uri: 'https://attacker.invalid/device',
  });
/** A provider's dialect from before the RFC. */
export const deviceVerificationUrl = () =>
  fault(
    'verification-url',
    'verification_uri is called verification_url',
    editing((answer) => renamed(answer, 'verification_uri', 'verification_url')),
    'migration/interpretation',
  );
