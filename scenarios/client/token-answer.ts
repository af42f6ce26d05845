import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as body from '../../mocks/faults/links/body.ts';
import * as document from '../../mocks/faults/links/document.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, saysThatItFailed, worksOn, worksOnOrSaysWhy } from './expectations.ts';

const common = {
  family: 'token-answer',
  remedy:
    'Read the members that are known and leave the others alone; without access_token, or with a token_type that is not understood, say what was wrong with the answer of which endpoint.',
  at: 'token',
  isolation: 'exclusive',
} as const;
const usesUnknownType = (cause: string) => refusesWhatCame({ cause, by: rfc6749.understandsTokenType });

/**
 * RFC 6749 §5.1: "The client MUST ignore unrecognized value names in the response."; §7.1: "The client MUST NOT use an
 * access token if it does not understand the token type."
 */
export default [
  ...broken(
    { ...common, on: 'idp' },
    {
      'unknown-members': { fault: idp.tokenUnknownMembers(), expect: () => worksOn(rfc6749.ignoreUnknownMembers) },
      'token-type-case': { fault: idp.tokenTypeCase(), expect: () => worksOn(rfc6749.typeCaseInsensitive) },
      'expires-in-missing': {
        fault: idp.tokenExpiresInMissing(),
        expect: () => worksOn(rfc6749.lifetimeMayBeOmitted),
      },
      'scope-missing': { fault: idp.tokenScopeMissing(), expect: () => worksOn(rfc6749.scopeMayBeOmitted) },
      'token-type-unknown': { fault: idp.tokenTypeUnknown(), expect: usesUnknownType, needs: ['calls-api'] },
      'token-type-missing': { fault: idp.tokenTypeMissing(), expect: worksOnOrSaysWhy },
      'access-token-missing': { fault: idp.tokenAccessTokenMissing(), expect: saysThatItFailed, needs: ['calls-api'] },
      'access-token-null': { fault: idp.tokenAccessTokenNull(), expect: saysThatItFailed, needs: ['calls-api'] },
      'expires-in-string': { fault: idp.tokenExpiresInString(), expect: worksOnOrSaysWhy },
      'expires-in-negative': { fault: idp.tokenExpiresInNegative(), expect: worksOnOrSaysWhy },
      'empty-body': { fault: idp.tokenEmptyBody(), expect: saysThatItFailed },
      html: { fault: idp.tokenHtml(), expect: saysThatItFailed },
      array: { fault: idp.tokenArray(), expect: saysThatItFailed },
      'error-with-200': {
        fault: idp.tokenErrorWith200(),
        cause: 'client/credentials',
        expect: saysThatItFailed,
      },
      'status-500': { fault: idp.tokenServerError(), expect: saysThatItFailed },
    },
  ),
  ...broken(
    { ...common, on: 'client→idp' },
    {
      malformed: { fault: body.malformedJson(), expect: saysThatItFailed },
      truncated: { fault: body.truncatedJson(), expect: saysThatItFailed },
      'byte-order-mark': { fault: body.byteOrderMark(), expect: worksOnOrSaysWhy },
      'trailing-garbage': { fault: body.trailingGarbage(), expect: worksOnOrSaysWhy },
      'duplicate-member': { fault: document.duplicated('access_token'), expect: worksOnOrSaysWhy },
      'access-token-retyped': {
        fault: document.retyped('/access_token'),
        expect: saysThatItFailed,
        needs: ['calls-api'],
      },
      'token-type-retyped': { fault: document.retyped('/token_type'), expect: worksOnOrSaysWhy },
      'expires-in-retyped': { fault: document.retyped('/expires_in'), expect: worksOnOrSaysWhy },
    },
  ),
];
