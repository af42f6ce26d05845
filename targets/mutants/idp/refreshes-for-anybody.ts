import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('refreshes-for-anybody', [policyOff({ what: 'bindsRefreshTokens' })], {
  summary: 'takes a refresh token from any client',
  caughtBy: ['idp/refresh/by-another-client', 'idp/refresh/by-a-public-client'],
});
