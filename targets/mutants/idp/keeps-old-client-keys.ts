import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('keeps-old-client-keys', [policyOff({ what: 'refetchesClientKeys' })], {
  summary: 'fetches the keys of a client once and never again, even where that failed',
  caughtBy: ['idp/client-keys/rotated', 'idp/client-keys/back-again'],
});
