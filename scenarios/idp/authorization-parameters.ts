import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { grantsCode, refusesRequest } from './expectations.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'request/encoding';
const repeated = (...errors: readonly string[]) =>
  refusesRequest({ cause, by: rfc6749.noRepeatedAuthorization, errors });
const twice = (name: string, other = '{right}') => authorize({ parameters: { [name]: ['{right}', other] } });

/**
 * RFC 6749 §3.1: "Parameters sent without a value MUST be treated as if they were omitted from the request. The
 * authorization server MUST ignore unrecognized request parameters. Request and response parameters MUST NOT be included
 * more than once."
 */
export default table(
  {
    family: 'authorization-parameters',
    cause,
    remedy:
      'Read each parameter once and as text, refuse what stands twice, ignore what nobody knows, and give state back as it came.',
    needs: ['authorization-code'],
  },
  {
    unknown: {
      summary: 'The request has a parameter that nobody knows.',
      does: authorize({ parameters: { failwell_unknown: 'x' } }),
      expect: grantsCode(rfc6749.ignoreUnknownAuthorization),
    },
    'empty-nonce': {
      summary: 'nonce has no value, which counts as none, and a code needs none.',
      does: authorize({ parameters: { nonce: '' } }),
      expect: grantsCode(openidCore.nonceOptional),
      needs: ['openid'],
    },
    'empty-response-mode': {
      summary: 'response_mode has no value, which counts as none.',
      does: authorize({ parameters: { response_mode: '' } }),
      expect: grantsCode(rfc6749.emptyIsOmittedAuthorization),
    },
    'empty-response-type': {
      summary: 'response_type has no value, which counts as none.',
      does: authorize({ parameters: { response_type: '' } }),
      expect: refusesRequest({
        cause: 'client/type',
        by: rfc6749.responseTypeUnderstood,
        errors: ['unsupported_response_type'],
      }),
      cause: 'client/type',
    },
    'state-with-signs': {
      summary: 'state is made of signs that mean something in URLs, in HTML and in headers.',
      does: authorize({ parameters: { state: 'a+b c&d=e%20f/g?h#i;j"k<l>m\'n|o~' } }),
      expect: grantsCode(rfc6749.returnsState),
    },
    'state-long': {
      summary: 'state has 2,000 characters.',
      does: authorize({ parameters: { state: 'x'.repeat(2000) } }),
      expect: grantsCode(rfc6749.returnsState),
    },
    'state-twice': {
      summary: 'state stands in the request twice, with two values.',
      does: twice('state', 'another'),
      expect: repeated(),
    },
    'response-type-twice': {
      summary: 'response_type stands in the request twice, with two values.',
      does: twice('response_type', 'token'),
      expect: repeated('unsupported_response_type', 'unauthorized_client'),
    },
    'scope-twice': {
      summary: 'scope stands in the request twice, with two values.',
      does: twice('scope', 'openid'),
      expect: repeated('invalid_scope'),
    },
    'challenge-twice': {
      summary: 'code_challenge stands in the request twice, with two values.',
      does: twice('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'),
      expect: repeated(),
      needs: ['pkce'],
    },
    'client-id-twice': {
      summary: 'client_id stands in the request twice, with two values.',
      does: twice('client_id', 'failwell-other'),
      expect: repeated(),
    },
    'prompt-none-and-login': {
      summary: 'prompt is none and something else at once.',
      does: authorize({ parameters: { prompt: 'none login' } }),
      // Which error, the sentence does not say.
      expect: refusesRequest({
        cause: 'policy/conditional-access',
        by: openidCore.promptNoneAlone,
        errors: ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'],
      }),
      needs: ['openid'],
      cause: 'policy/conditional-access',
    },
  },
);
