import { outgoingInsistent } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('tries-clients-again-and-again', [outgoingInsistent()], {
  summary: 'asks a client fifty times over when it fails',
  caughtBy: [
    'idp/request-uri/huge',
    'idp/client-keys/status-503',
    'idp/client-keys/reset-before-answer',
    'idp/client-keys/closes-before-answer',
    'idp/client-keys/connection-reset',
    'idp/client-keys/truncated',
    'idp/request-uri/status-503',
    'idp/request-uri/reset-before-answer',
    'idp/request-uri/truncated',
    'idp/logout/status-503',
    'idp/logout/reset-before-answer',
    'idp/logout/connection-reset',
    'idp/logout/expired-certificate',
  ],
});
