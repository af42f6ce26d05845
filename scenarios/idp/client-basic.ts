import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';
import { answersAsTokens, grantsRequest, refusesBasic, refusesGrant } from './expectations.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/credentials';
const sent = (header: string | ((right: string) => string)) =>
  clientCredentials({ authentication: { by: 'basic', header } });
/** What follows the scheme, decoded. */
const inside = (change: (pair: string) => string) => (right: string) => {
  const [scheme = '', pair = ''] = right.split(' ');
  return `${scheme} ${Buffer.from(change(Buffer.from(pair, 'base64').toString())).toString('base64')}`;
};
const malformed = refusesGrant({
  cause,
  by: rfc6749.clientsAuthenticate,
  error: ['invalid_client', 'invalid_request'],
});

/**
 * RFC 6749 §5.2: "If the client attempted to authenticate via the "Authorization" request header field, the authorization
 * server MUST respond with an HTTP 401 (Unauthorized) status code and include the "WWW-Authenticate" response header field
 * matching the authentication scheme used by the client."
 */
export default table(
  {
    family: 'client-basic',
    cause,
    remedy:
      'Read Basic as RFC 6749 §2.3.1 and RFC 7617 have it, and answer what is wrong with 401 and WWW-Authenticate.',
    needs: ['client-credentials', 'client-secret'],
  },
  {
    'scheme-in-lower-case': {
      summary: 'The scheme is written basic, which means the same.',
      does: sent((right) => right.replace('Basic', 'basic')),
      expect: grantsRequest(rfc9110.schemeCaseInsensitive),
      cause: 'request/headers',
    },
    'scheme-in-capitals': {
      summary: 'The scheme is written BASIC, which means the same.',
      does: sent((right) => right.replace('Basic', 'BASIC')),
      expect: grantsRequest(rfc9110.schemeCaseInsensitive),
      cause: 'request/headers',
    },
    'client-id-besides': {
      summary: 'The form names the client that authenticates in the header: client_id alone proves nothing.',
      does: clientCredentials({ authentication: { by: 'basic' }, parameters: { client_id: '{client_id}' } }),
      expect: grantsRequest(practice.tolerates, ...answersAsTokens),
    },
    'empty-secret-besides': {
      summary: 'The form has a client_secret without a value, which counts as none.',
      does: clientCredentials({ authentication: { by: 'basic' }, parameters: { client_secret: '' } }),
      expect: grantsRequest(rfc6749.emptyIsOmitted),
      cause: 'request/encoding',
    },
    'id-empty': {
      summary: 'The client id in Basic is empty.',
      does: sent(inside((pair) => pair.replace(/^[^:]*/, ''))),
      expect: malformed,
    },
    'unknown-client': {
      summary: 'There is no such client.',
      does: clientCredentials({ authentication: { by: 'basic', id: 'nobody-here' } }),
      expect: refusesBasic(rfc6749.clientsAuthenticate),
    },
    'no-colon': {
      summary: 'There is no colon between client id and secret.',
      does: sent(inside((pair) => pair.replace(':', ''))),
      expect: malformed,
    },
    'percent-broken': {
      summary: 'The secret ends with a percent sign that begins no escape.',
      does: sent(inside((pair) => `${pair}%`)),
      expect: malformed,
    },
    'no-base64': {
      summary: 'What follows the scheme is no base64.',
      does: sent('Basic ***'),
      expect: malformed,
    },
    'nothing-follows': {
      summary: 'Nothing follows the scheme.',
      does: sent('Basic'),
      expect: malformed,
    },
    'other-scheme': {
      summary: 'The credentials come with the scheme Bearer.',
      does: sent((right) => right.replace('Basic', 'Bearer')),
      expect: malformed,
    },
  },
);
