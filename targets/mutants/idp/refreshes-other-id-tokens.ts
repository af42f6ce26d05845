import {
  idTokenRefreshedAudienceOther,
  idTokenRefreshedAuthTimeOther,
  idTokenRefreshedIssuerOther,
  idTokenRefreshedSubjectOther,
} from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant(
  'refreshes-other-id-tokens',
  [
    idTokenRefreshedAudienceOther(),
    idTokenRefreshedAuthTimeOther(),
    idTokenRefreshedIssuerOther(),
    idTokenRefreshedSubjectOther(),
  ],
  {
    summary: 'says something else in the ID token of a refresh',
    caughtBy: [
      'idp/id-token/refreshed-issuer',
      'idp/id-token/refreshed-subject',
      'idp/id-token/refreshed-audience',
      'idp/id-token/refreshed-auth-time',
    ],
  },
);
