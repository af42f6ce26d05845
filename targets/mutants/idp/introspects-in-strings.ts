import { introspectionInactiveString } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('introspects-in-strings', [introspectionInactiveString()], {
  summary: 'says active with a string',
  caughtBy: [
    'idp/introspection/right',
    'idp/introspection/garbage',
    'idp/introspection/cut-short',
    'idp/introspection/code',
    'idp/introspection/hint-unknown',
    'idp/introspection/hint-wrong',
  ],
});
