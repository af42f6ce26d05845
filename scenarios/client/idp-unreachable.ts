import * as idp from '../../mocks/faults/idp/index.ts';
import { refused, resets } from '../../mocks/faults/links/connection.ts';
import { broken } from './broken.ts';
import { saysThatItFailed, waits } from './expectations.ts';

const remedy =
  'Give up within a deadline, say which URL did not answer and how, tell the user to try again later, and work again once it is back.';

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
    // A page of another origin may not read Retry-After unless the IdP exposes it.
    { 'retry-after': { fault: idp.tokenUnavailable({ seconds: 2 }), expect: waits, needs: ['!browser'] } },
  ),
];
