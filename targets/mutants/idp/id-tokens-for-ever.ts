import { onIdToken } from '../../../mocks/faults/idp/index.ts';
import { expiryMissing } from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('id-tokens-for-ever', [onIdToken(expiryMissing())], {
  summary: 'does not say until when an ID token is good',
  caughtBy: ['idp/own-clock/tokens-fast', 'idp/own-clock/tokens-slow', 'idp/id-token/expiry'],
});
