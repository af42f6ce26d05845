import { outgoingTrusting } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('trusts-any-client-host', [outgoingTrusting()], {
  summary: 'looks at no certificate when it makes requests of its own',
  caughtBy: [
    'idp/client-keys/expired-certificate',
    'idp/client-keys/unknown-authority',
    'idp/client-keys/self-signed',
    'idp/client-keys/wrong-host',
    'idp/request-uri/expired-certificate',
    'idp/request-uri/unknown-authority',
    'idp/request-uri/wrong-host',
  ],
});
