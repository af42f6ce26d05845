import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { saysThatNothingCame } from './expectations.ts';
import { logIn } from './stimuli.ts';

/** RFC 6749 §4.1.2.1: the authorization server "informs the client by adding the following parameters to the query component". */
export default broken(
  {
    family: 'authorization-error',
    on: 'idp',
    isolation: 'exclusive',
    stimulus: [logIn()],
    needs: ['code'],
    remedy:
      'Log the error code and error_description, and tell the user what to do: consent, log in again, come back later.',
  },
  {
    'access-denied': { fault: idp.authorizationAccessDenied(), expect: saysThatNothingCame },
    'login-required': { fault: idp.authorizationLoginRequired(), expect: saysThatNothingCame },
    'consent-required': { fault: idp.authorizationConsentRequired(), expect: saysThatNothingCame },
    'interaction-required': { fault: idp.authorizationInteractionRequired(), expect: saysThatNothingCame },
    'temporarily-unavailable': { fault: idp.authorizationTemporarilyUnavailable(), expect: saysThatNothingCame },
    'server-error': { fault: idp.authorizationServerError(), expect: saysThatNothingCame },
    'invalid-scope': { fault: idp.authorizationInvalidScope(), expect: saysThatNothingCame },
    'unauthorized-client': { fault: idp.authorizationUnauthorizedClient(), expect: saysThatNothingCame },
    'unmet-authentication-requirements': {
      fault: idp.authorizationUnmetAuthenticationRequirements(),
      expect: saysThatNothingCame,
    },
    unknown: { fault: idp.authorizationUnknownError(), expect: saysThatNothingCame },
    'conditional-access': { fault: idp.decisionConditionalAccess(), expect: saysThatNothingCame },
  },
);
