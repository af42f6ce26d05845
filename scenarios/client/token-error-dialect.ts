import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { saysThatItFailed } from './expectations.ts';
import { logIn } from './stimuli.ts';

/** A refusal that the dialect puts into other words: the code has expired before it is redeemed. */
const expiredCode = { fault: idp.lifetimeOf({ of: 'code', is: '0s' }) } as const;
const unmapped = { ...expiredCode, cause: 'migration/error-mapping' } as const;

/** RFC 6749 §5.2: an error comes with status 400 and in JSON; some providers answer otherwise. */
export default broken(
  {
    family: 'token-error-dialect',
    on: 'idp',
    needs: ['code'],
    stimulus: [logIn()],
    isolation: 'exclusive',
    remedy:
      'Look for the error code before the status, and log the status and the type of an answer that is none of RFC 6749 §5.2.',
  },
  {
    'status-401': { ...expiredCode, also: idp.errorStatus401For400(), expect: saysThatItFailed },
    'status-403': { ...expiredCode, also: idp.errorStatus403For400(), expect: saysThatItFailed },
    'status-200': { ...expiredCode, also: idp.errorStatus200For400(), expect: saysThatItFailed },
    'error-code-member': { ...unmapped, also: idp.errorCodeMember(), expect: saysThatItFailed },
    nested: { ...unmapped, also: idp.errorNested(), expect: saysThatItFailed },
    number: { ...unmapped, also: idp.errorNumber(), expect: saysThatItFailed },
    problem: { ...unmapped, also: idp.errorProblem(), expect: saysThatItFailed },
    form: { ...unmapped, also: idp.errorForm(), expect: saysThatItFailed },
    text: { ...unmapped, also: idp.errorText(), expect: saysThatItFailed },
  },
);
