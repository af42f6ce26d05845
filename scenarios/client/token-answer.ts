import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { worksOn } from './expectations.ts';

/** RFC 6749 §5.1: "The client MUST ignore unrecognized value names in the response." */
export default broken(
  {
    family: 'token-answer',
    remedy: 'Read the members that are known, and leave the others alone.',
    on: 'idp',
    at: 'token',
    isolation: 'exclusive',
  },
  {
    'unknown-members': { fault: idp.tokenUnknownMembers(), expect: () => worksOn(rfc6749.ignoreUnknownMembers) },
  },
);
