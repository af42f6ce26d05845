import { missingContentType, wrongContentType } from '../../mocks/faults/links/content-type.ts';
import { broken } from './broken.ts';
import { worksOnOrSaysWhy } from './expectations.ts';

/**
 * RFC 6749 §5.1: the parameters come "using the "application/json" media type". No sentence says what a client does with
 * another type: it may read the JSON all the same, or refuse and say why.
 */
export default broken(
  {
    family: 'token-content-type',
    remedy: 'Say which endpoint answered with which Content-Type, and which one was expected.',
    on: 'client→idp',
    at: 'token',
    isolation: 'exclusive',
  },
  {
    html: { fault: wrongContentType({ type: 'text/html' }), expect: worksOnOrSaysWhy },
    plain: { fault: wrongContentType({ type: 'text/plain' }), expect: worksOnOrSaysWhy },
    missing: { fault: missingContentType(), expect: worksOnOrSaysWhy },
  },
);
