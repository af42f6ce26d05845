import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('refresh-tokens-for-ever', [policyOff({ what: 'rotatesRefreshTokens' })], {
  summary: 'takes a refresh token as often as it comes',
  caughtBy: [
    'idp/refresh/used-before',
    'idp/refresh/used-before-by-public-client',
    'idp/refresh/used-before-introspected',
  ],
});
