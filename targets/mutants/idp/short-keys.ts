import { jwksShortKey } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('short-keys', [jwksShortKey()], {
  summary: 'publishes a key of 1024 bits',
  caughtBy: ['idp/documents/keys-long'],
});
