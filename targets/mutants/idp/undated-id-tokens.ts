import { onIdToken } from '../../../mocks/faults/idp/index.ts';
import { issuedAtMissing } from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('undated-id-tokens', [onIdToken(issuedAtMissing())], {
  summary: 'does not say when an ID token was issued',
  caughtBy: ['idp/id-token/issued-at'],
});
