import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { grantsRequest, refusesGrant } from './expectations.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const malformed = (cause: string) =>
  refusesGrant({ cause, by: rfc6749.invalidRequest, error: ['invalid_request', 'invalid_client'] });
const cause = 'request/headers';

/** RFC 6749 §4.4.2: parameters come "using the "application/x-www-form-urlencoded" format". */
export default table(
  {
    family: 'request-encoding',
    cause,
    remedy:
      'Read the parameters of token requests from a form-encoded body only, and answer anything else with invalid_request.',
    needs: ['client-credentials'],
  },
  {
    'content-type-json': {
      summary: 'The form is sent as application/json.',
      does: clientCredentials({ headers: { 'content-type': 'application/json' } }),
      expect: malformed(cause),
    },
    'content-type-text': {
      summary: 'The form is sent as text/plain.',
      does: clientCredentials({ headers: { 'content-type': 'text/plain' } }),
      expect: malformed(cause),
    },
    'content-type-missing': {
      summary: 'The form is sent without a Content-Type.',
      does: clientCredentials({ headers: { 'content-type': null } }),
      expect: malformed(cause),
    },
    'content-type-charset': {
      summary: 'The Content-Type names a charset, which says nothing new.',
      does: clientCredentials({ headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } }),
      expect: grantsRequest(rfc6749.ignoreUnknownParameters),
    },
    'parameter-twice': {
      summary: 'grant_type stands in the form twice.',
      does: clientCredentials({ parameters: { grant_type: ['client_credentials', 'client_credentials'] } }),
      expect: refusesGrant({ cause: 'request/encoding', by: rfc6749.noRepeatedParameters, error: 'invalid_request' }),
      cause: 'request/encoding',
    },
    'parameter-unknown': {
      summary: 'The form has a parameter that nobody knows.',
      does: clientCredentials({ parameters: { failwell_unknown: 'x' } }),
      expect: grantsRequest(rfc6749.ignoreUnknownParameters),
      cause: 'request/encoding',
    },
    'empty-body': {
      summary: 'The form is empty.',
      does: clientCredentials({ body: '' }),
      expect: malformed('request/encoding'),
      cause: 'request/encoding',
    },
  },
);
