import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { broken } from './broken.ts';
import { worksOn, worksOnOrSaysWhy } from './expectations.ts';

/**
 * RFC 6749 §5.1: "The client MUST ignore unrecognized value names in the response." What comes of a provider's other
 * habits, no sentence decides.
 */
export default broken(
  {
    family: 'token-dialect',
    on: 'idp',
    at: 'token',
    isolation: 'exclusive',
    remedy:
      "Read the provider's dialect, or say which member of the token response was not what RFC 6749 §5.1 asks for.",
  },
  {
    'members-added': { fault: idp.tokenAnswerExtended(), expect: () => worksOn(rfc6749.ignoreUnknownMembers) },
    'type-lower-case': {
      fault: idp.tokenAnswerTypeLowerCase(),
      expect: () => worksOn(rfc6749.typeCaseInsensitive),
    },
    'expires-at': { fault: idp.tokenAnswerExpiresAt(), expect: () => worksOn(practice.tolerates) },
    form: { fault: idp.tokenAnswerForm(), cause: 'idp/token-issuance', expect: worksOnOrSaysWhy },
    wrapped: { fault: idp.tokenAnswerWrapped(), cause: 'idp/token-issuance', expect: worksOnOrSaysWhy },
    'camel-case': { fault: idp.tokenAnswerCamelCase(), cause: 'idp/token-issuance', expect: worksOnOrSaysWhy },
    'scope-array': { fault: idp.tokenAnswerScopeArray(), expect: worksOnOrSaysWhy },
    'scope-commas': { fault: idp.tokenAnswerScopeCommas(), expect: worksOnOrSaysWhy },
  },
);
