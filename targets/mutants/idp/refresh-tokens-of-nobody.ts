import { tokenRefreshTokenUnknown } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('refresh-tokens-of-nobody', [tokenRefreshTokenUnknown()], {
  summary: 'hands out refresh tokens that it does not know',
  caughtBy: ['idp/refresh/right'],
});
