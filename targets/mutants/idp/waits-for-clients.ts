import { outgoingPatient } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('waits-for-clients', [outgoingPatient()], {
  summary: 'waits for an hour when a client does not answer',
  caughtBy: [
    'idp/client-keys/never-answers',
    'idp/client-keys/drips',
    'idp/request-uri/never-answers',
    'idp/logout/never-answers',
  ],
});
