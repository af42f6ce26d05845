import { tokenAnswerStorable } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('storable-tokens', [tokenAnswerStorable()], {
  summary: 'lets token answers be stored',
  caughtBy: [
    'idp/code/right',
    'idp/client-authentication/basic',
    'idp/hygiene/tokens-stored',
    'idp/hygiene/tokens-of-refresh-stored',
    'idp/hygiene/tokens-of-user-stored',
  ],
});
