import { logoutTokenNoncePresent } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('logout-nonce', [logoutTokenNoncePresent()], {
  summary: 'puts a nonce into logout tokens',
  caughtBy: ['idp/logout/nonce'],
});
