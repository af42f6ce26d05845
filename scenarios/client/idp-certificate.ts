import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc8996 } from '../../harness/requirements/rfc8996.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, saysThatItFailed, worksOnOrSaysWhy } from './expectations.ts';

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
    'not-yet-valid': { fault: tls.notYetValid(), expect: refuses },
    'self-signed': { fault: tls.selfSigned(), expect: refuses },
    'expired-intermediate': { fault: tls.expiredIntermediate(), expect: refuses },
    // Some fetch what is missing, and some still read the common name.
    'missing-intermediate': { fault: tls.missingIntermediate(), expect: worksOnOrSaysWhy },
    'common-name-only': { fault: tls.commonNameOnly(), expect: worksOnOrSaysWhy },
    'tls-1.0': {
      fault: tls.onlyTls10(),
      expect: (cause) => refusesWhatCame({ cause, by: rfc8996.noTls10 }),
    },
    'tls-1.1': {
      fault: tls.onlyTls11(),
      expect: (cause) => refusesWhatCame({ cause, by: rfc8996.noTls11 }),
    },
    'handshake-reset': { fault: tls.handshakeResets(), cause: 'network/intermittent', expect: saysThatItFailed },
    alert: { fault: tls.alerts(), expect: saysThatItFailed },
    plaintext: { fault: tls.plaintext(), expect: saysThatItFailed },
    'handshake-hangs': { fault: tls.handshakeHangs(), cause: 'network/blocked', expect: saysThatItFailed, slow: true },
  },
);
