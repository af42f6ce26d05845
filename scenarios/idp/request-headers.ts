import { answersNoServerError } from '../../harness/oracles/answers.ts';
import { either } from '../../harness/oracles/expect.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7009 } from '../../harness/requirements/rfc7009.ts';
import { rfc7662 } from '../../harness/requirements/rfc7662.ts';
import { answersAsTokens, discretion, endures, grantsOrRefuses, grantsRequest } from './expectations.ts';
import { clientCredentials, introspect, revoke } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'request/headers';
/** Nothing forbids to understand it all the same. */
const either400 = (by = rfc6749.invalidRequest) =>
  grantsOrRefuses({ cause, by, error: ['invalid_request', 'invalid_client'] });
/** Whatever it says, it says it as an answer to a caller's mistake. */
const answered = either({
  signal: [answersNoServerError().by(practice.survivesInput)],
  discretion,
  resilience: endures,
});

/** RFC 6749 §5.2, RFC 7009 §2.1, RFC 7662 §2.1: fields of a request that are empty, odd or doubled. */
export default table(
  {
    family: 'request-headers',
    cause,
    remedy: 'Refuse what stands twice or is of another type with 400, and answer in JSON whatever is accepted.',
    needs: ['client-credentials'],
  },
  {
    'content-type-empty': {
      summary: 'The Content-Type is empty.',
      does: clientCredentials({ headers: { 'content-type': '' } }),
      expect: either400(),
    },
    'accept-xml': {
      summary: 'The client wants XML and nothing else.',
      does: clientCredentials({ headers: { accept: 'application/xml' } }),
      expect: grantsRequest(practice.tolerates, ...answersAsTokens),
    },
    'introspection-as-text': {
      summary: 'The form with the token to introspect is sent as text/plain.',
      does: [clientCredentials(), introspect({ headers: { 'content-type': 'text/plain' } })],
      expect: either400(rfc7662.byPost),
      needs: ['introspection'],
    },
    'revocation-as-text': {
      summary: 'The form with the token to revoke is sent as text/plain.',
      does: [clientCredentials(), revoke({ headers: { 'content-type': 'text/plain' } })],
      expect: either400(rfc7009.byPost),
      needs: ['revocation'],
    },
    'introspection-authorized-twice': {
      summary: 'The Authorization field of a request to introspect stands twice.',
      does: [
        clientCredentials(),
        introspect({ authentication: { by: 'basic' }, headers: { authorization: ['{right}', '{right}'] } }),
      ],
      expect: answered,
      needs: ['introspection', 'client-secret'],
    },
  },
);
