import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { answersAsTokens, grantsOrRefuses, grantsRequest, refusesGrant } from './expectations.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const malformed = (cause: string) =>
  refusesGrant({ cause, by: rfc6749.invalidRequest, error: ['invalid_request', 'invalid_client'] });
const cause = 'request/headers';
/** Nothing forbids to understand another format besides. */
const otherForm = grantsOrRefuses({
  cause: 'request/encoding',
  by: rfc6749.invalidRequest,
  error: ['invalid_request', 'invalid_client'],
});

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
    'body-json': {
      summary: 'The parameters are sent as a JSON object.',
      does: clientCredentials({ encoding: 'json' }),
      expect: otherForm,
    },
    'body-multipart': {
      summary: 'The parameters are sent as multipart/form-data.',
      does: clientCredentials({ encoding: 'multipart' }),
      expect: otherForm,
    },
    'scope-twice': {
      summary: 'scope stands in the form twice, with two values.',
      does: clientCredentials({ parameters: { scope: ['items:read', 'items:write'] } }),
      expect: refusesGrant({
        cause: 'request/encoding',
        by: rfc6749.noRepeatedParameters,
        error: ['invalid_request', 'invalid_scope'],
      }),
      cause: 'request/encoding',
    },
    'client-id-twice': {
      summary: 'client_id stands in the form twice, with two values.',
      does: clientCredentials({
        authentication: { by: 'post' },
        parameters: { client_id: ['{right}', 'failwell-other'] },
      }),
      expect: refusesGrant({
        cause: 'request/encoding',
        by: rfc6749.noRepeatedParameters,
        error: ['invalid_request', 'invalid_client'],
      }),
      needs: ['client-secret'],
      cause: 'request/encoding',
    },
    'empty-unneeded': {
      summary: 'redirect_uri has no value, and nobody asked for it.',
      does: clientCredentials({ parameters: { redirect_uri: '', client_assertion: '', client_assertion_type: '' } }),
      expect: grantsRequest(rfc6749.emptyIsOmitted),
      cause: 'request/encoding',
    },
    'query-unknown': {
      summary: 'The URL of the token endpoint has a parameter that nobody knows.',
      does: clientCredentials({ query: { failwell_unknown: 'x' } }),
      expect: grantsRequest(rfc6749.ignoreUnknownParameters),
      cause: 'request/encoding',
    },
    'query-only': {
      summary: 'The parameters of the grant stand in the URL, and the body is empty.',
      does: clientCredentials({ in: 'query', body: '', authentication: { by: 'basic' } }),
      expect: malformed('request/encoding'),
      cause: 'request/encoding',
    },
    'accept-html': {
      summary: 'The client would rather have HTML, as browsers do, but takes JSON.',
      does: clientCredentials({ headers: { accept: 'text/html,*/*;q=0.8' } }),
      expect: grantsRequest(practice.tolerates, ...answersAsTokens),
    },
    'accept-html-refused': {
      summary: 'The client would rather have HTML, as browsers do, but takes JSON; its grant type is not known.',
      does: clientCredentials({ headers: { accept: 'text/html,*/*;q=0.8' }, parameters: { grant_type: 'failwell' } }),
      expect: refusesGrant({
        cause: 'extension/grants',
        by: rfc6749.unsupportedGrantType,
        error: ['unsupported_grant_type', 'invalid_request'],
      }),
    },
    'accept-missing': {
      summary: 'The client does not say what it accepts.',
      does: clientCredentials({ headers: { accept: null } }),
      expect: grantsRequest(practice.tolerates, ...answersAsTokens),
    },
  },
);
