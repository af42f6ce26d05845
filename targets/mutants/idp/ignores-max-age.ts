import { ignoresMaxAge } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('ignores-max-age', [ignoresMaxAge()], {
  summary: 'does not look at max_age',
  caughtBy: ['idp/session/max-age-over', 'idp/session/max-age-over-silent'],
});
