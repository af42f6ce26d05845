import * as dns from '../../mocks/faults/links/dns/index.ts';
import { broken } from './broken.ts';
import { saysThatItFailedOnce } from './expectations.ts';

/** The name of the IdP does not resolve, or leads elsewhere (RFC 1035 §4.1.1 for the codes). */
export default broken(
  {
    family: 'names',
    on: 'client→idp',
    remedy: "Log the host's name with what the resolver said, and ask again when the next user comes.",
    needs: ['dns'],
    isolation: 'fresh',
    cold: true,
  },
  {
    nxdomain: { fault: dns.unknownName(), expect: saysThatItFailedOnce },
    servfail: { fault: dns.serverFailure(), expect: saysThatItFailedOnce },
    empty: { fault: dns.withoutAddress(), expect: saysThatItFailedOnce },
    'wrong-address': { fault: dns.wrongAddress({ cause: 'network/blocked' }), expect: saysThatItFailedOnce },
    unanswered: { fault: dns.unanswered(), expect: saysThatItFailedOnce, slow: true },
  },
);
