import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('forgives-replay', [policyOff({ what: 'revokesOnReplay' })], {
  summary: 'denies a code or refresh token that comes again, and leaves it at that',
  caughtBy: [
    'idp/code/twice-introspected',
    'idp/code/twice-at-userinfo',
    'idp/code/twice-refreshed',
    'idp/refresh/next-after-replay',
  ],
});
