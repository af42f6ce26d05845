import { authorizationUnescaped } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('unescaped-pages', [authorizationUnescaped()], {
  summary: 'does not escape what its pages repeat',
  caughtBy: [
    'idp/sanitising/markup-in-client-id',
    'idp/sanitising/markup-in-redirect-uri',
    'idp/sanitising/markup-in-login-hint',
    'idp/sanitising/markup-in-posted-state',
  ],
});
