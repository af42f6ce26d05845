import type { Expectation } from '../../harness/model/scenario.ts';
import { takesNobodyFor } from '../../harness/oracles/takes-nobody-for.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { practice } from '../../harness/requirements/practice.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { broken } from './broken.ts';
import { worksOn, worksOnOrSaysWhy } from './expectations.ts';
import { logIn } from './stimuli.ts';

const victim = 'another-user';

/** A client that leaves the answer alone and goes by the ID token does no wrong; one that goes by it does. */
function ofAnotherUser(cause: string): Expectation {
  const { outcome, properties } = worksOnOrSaysWhy(cause);
  const safe = [takesNobodyFor(victim).by(openidCore.userinfoSubjectMatches), ...properties.safe];
  return { outcome, properties: { ...properties, safe } };
}
const tolerated = () => worksOn(practice.tolerates);
const common = {
  family: 'userinfo',
  remedy:
    'Use UserInfo only when its sub is exactly that of the ID token; when there is none of use, say which endpoint answered what.',
  at: 'userinfo',
  needs: ['id-token', 'userinfo'],
  isolation: 'exclusive',
  stimulus: [logIn()],
} as const;

/**
 * OpenID Connect Core §5.3.2: "The sub Claim in the UserInfo Response MUST be verified to exactly match the sub Claim in the
 * ID Token; if they do not match, the UserInfo Response values MUST NOT be used."
 */
export default [
  ...broken(
    { ...common, on: 'idp' },
    {
      'sub-other': { fault: idp.userinfoSubjectOther({ sub: victim }), expect: ofAnotherUser },
      'sub-missing': { fault: idp.userinfoSubjectMissing(), expect: worksOnOrSaysWhy },
      'sub-array-first': { fault: idp.userinfoSubjectArrayFirst(), expect: ofAnotherUser },
      'sub-array-last': { fault: idp.userinfoSubjectArrayLast(), expect: ofAnotherUser },
      // Which of the two counts is the parser's affair (RFC 8259 §4); the last one mostly does.
      'sub-twice-last': { fault: idp.userinfoSubjectTwiceLast(), expect: ofAnotherUser },
      'token-refused': { fault: idp.userinfoTokenRefused(), expect: worksOnOrSaysWhy },
      'status-500': { fault: idp.userinfoServerError(), expect: worksOnOrSaysWhy },
      html: { fault: idp.userinfoHtml(), expect: worksOnOrSaysWhy },
      'content-type-jwt': { fault: idp.userinfoContentTypeOther(), expect: worksOnOrSaysWhy },
      'claims-missing': { fault: idp.userinfoClaimsMissing(), expect: tolerated },
      'unknown-claim': { fault: idp.userinfoUnknownClaim(), expect: tolerated },
    },
  ),
  ...broken(
    { ...common, on: 'client→idp' },
    {
      malformed: { fault: links.body.malformedJson({ cause: 'idp/endpoints' }), expect: worksOnOrSaysWhy },
      truncated: { fault: links.truncated(), expect: worksOnOrSaysWhy },
      reset: { fault: links.resetBeforeAnswer(), expect: worksOnOrSaysWhy },
      hangs: { fault: links.neverAnswers(), expect: worksOnOrSaysWhy, slow: true },
    },
  ),
];
