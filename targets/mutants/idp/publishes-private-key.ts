import { jwksPrivateKeyPublished } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('publishes-private-key', [jwksPrivateKeyPublished()], {
  summary: 'publishes a private key',
  caughtBy: ['idp/documents/keys-private'],
});
