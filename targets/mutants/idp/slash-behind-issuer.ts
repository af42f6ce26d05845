import { metadataIssuerTrailingSlash } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant(
  'slash-behind-issuer',
  [{ fault: metadataIssuerTrailingSlash(), schedule: { when: 'every', nth: 2 } }],
  {
    summary: 'has a slash behind its issuer every other time',
    caughtBy: ['idp/documents/issuer'],
  },
);
