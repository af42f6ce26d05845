import { honoursRetryAfter } from '../../harness/oracles/honours-retry-after.ts';
import { practice } from '../../harness/requirements/practice.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { refused, resets } from '../../mocks/faults/links/connection.ts';
import { broken } from './broken.ts';
import { saysThatItFailed } from './expectations.ts';

const remedy =
  'Give up within a deadline, say which URL did not answer and how, tell the user to try again later, and work again once it is back.';

/** The IdP asks to be left alone for a while (RFC 9110 §10.2.3). */
function saysThatItIsBusy(cause: string) {
  const { outcome, properties } = saysThatItFailed(cause);
  const patient = honoursRetryAfter('client→idp').by(practice.retryAfterHonoured);
  return { outcome, properties: { ...properties, resilience: [...properties.resilience, patient] } };
}

export default [
  // Before the client has ever seen the IdP.
  ...broken(
    { family: 'idp-unreachable', remedy, on: 'client→idp', isolation: 'fresh', cold: true },
    {
      'refused-at-start': { fault: refused(), expect: saysThatItFailed },
      'reset-at-start': { fault: resets(), expect: saysThatItFailed },
    },
  ),
  ...broken(
    { family: 'idp-unreachable', remedy, on: 'client→idp', isolation: 'exclusive' },
    { refused: { fault: refused(), expect: saysThatItFailed } },
  ),
  ...broken(
    { family: 'idp-unreachable', remedy, on: 'idp', at: 'token', isolation: 'exclusive' },
    { 'retry-after': { fault: idp.tokenUnavailable({ seconds: 2 }), expect: saysThatItIsBusy } },
  ),
];
