import { rfc9207 } from '../../harness/requirements/rfc9207.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { refusesResponse } from './expectations.ts';
import { logIn } from './stimuli.ts';

const otherIssuer = (cause: string) => refusesResponse({ cause, by: rfc9207.rejectOtherIssuer });

/** RFC 9207 §2.4: "clients MUST reject the authorization response and MUST NOT proceed with the authorization grant." */
export default broken(
  {
    family: 'response-issuer',
    on: 'idp',
    isolation: 'exclusive',
    stimulus: [logIn()],
    needs: ['code', 'iss-response'],
    remedy: 'Compare iss of the response, character by character, with the issuer that the user was sent to.',
  },
  {
    other: { fault: idp.authorizationIssuerOther(), expect: otherIssuer },
    'trailing-slash': { fault: idp.authorizationIssuerTrailingSlash(), expect: otherIssuer },
    case: { fault: idp.authorizationIssuerCase(), expect: otherIssuer },
    'dot-segment': { fault: idp.authorizationIssuerDots(), expect: otherIssuer },
    'percent-encoded': { fault: idp.authorizationIssuerEncoded(), expect: otherIssuer },
    missing: {
      fault: idp.authorizationIssuerMissing(),
      expect: (cause) => refusesResponse({ cause, by: rfc9207.rejectMissingIssuer }),
      needs: ['discovery'],
    },
  },
);
