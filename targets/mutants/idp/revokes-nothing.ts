import { revocationUnsupportedTokenType } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('revokes-nothing', [revocationUnsupportedTokenType()], {
  summary: 'revokes no token of any type',
  caughtBy: ['idp/revocation/right', 'idp/revocation/token-unknown'],
});
