import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import { broken } from './broken.ts';
import { refusesWhatCame } from './expectations.ts';

/** RFC 6749 §10.9: "The client MUST validate the authorization server's TLS certificate". */
const refuses = (cause: string) => refusesWhatCame({ cause, by: rfc6749.validateCertificate });

export default broken(
  {
    family: 'idp-certificate',
    remedy:
      'Never switch the verification off; log which host showed which certificate and what is wrong with it (expired since when, issued by whom, for which names).',
    on: 'client→idp',
    isolation: 'exclusive',
  },
  {
    expired: { fault: tls.expiredCertificate(), expect: refuses },
    'unknown-authority': { fault: tls.unknownAuthority(), expect: refuses },
    'wrong-host': { fault: tls.wrongHost(), expect: refuses },
  },
);
