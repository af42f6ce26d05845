import { ignoresPrompt } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('ignores-prompt', [ignoresPrompt()], {
  summary: 'does not look at prompt',
  caughtBy: [
    'idp/session/silent-in-another-browser',
    'idp/session/login-again',
    'idp/authorization-request/nobody-logged-in',
    'idp/authorization-parameters/prompt-none-and-login',
  ],
});
