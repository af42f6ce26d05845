import { ignoresNonce } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('ignores-nonce', [ignoresNonce()], {
  summary: 'does not return nonce',
  caughtBy: ['idp/authorization-response/nonce', 'idp/authorization-response/nonce-long'],
});
