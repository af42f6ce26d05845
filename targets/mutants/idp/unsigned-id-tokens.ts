import { onIdToken } from '../../../mocks/faults/idp/index.ts';
import { algorithmNone } from '../../../mocks/faults/token/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('unsigned-id-tokens', [onIdToken(algorithmNone())], {
  summary: 'signs no ID token',
  caughtBy: ['idp/id-token/algorithm'],
});
