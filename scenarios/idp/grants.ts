import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { refusesGrant } from './expectations.ts';
import { askForToken } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'extension/grants';
const asking = (grant_type: string | null) => askForToken({ parameters: { grant_type } });

/** RFC 6749 §5.2: what the server says of a grant that it does not offer, or not to this client. */
export default table(
  {
    family: 'grants',
    cause,
    remedy:
      'Look the grant type up among those that are offered and among those of the client, and name it in the error.',
    needs: ['client-secret'],
  },
  {
    unknown: {
      summary: 'Nobody knows the grant type.',
      does: asking('urn:failwell:params:oauth:grant-type:unknown'),
      expect: refusesGrant({ cause, by: rfc6749.unsupportedGrantType, error: 'unsupported_grant_type' }),
    },
    misspelt: {
      summary: 'The grant type is misspelt: a hyphen in place of an underscore.',
      does: asking('client-credentials'),
      expect: refusesGrant({ cause, by: rfc6749.unsupportedGrantType, error: 'unsupported_grant_type' }),
    },
    missing: {
      summary: 'The request has no grant_type.',
      does: asking(null),
      expect: refusesGrant({ cause: 'request/encoding', by: rfc6749.invalidRequest, error: 'invalid_request' }),
      cause: 'request/encoding',
    },
    empty: {
      summary: 'grant_type is empty, which counts as missing.',
      does: asking(''),
      expect: refusesGrant({ cause: 'request/encoding', by: rfc6749.emptyIsOmitted, error: 'invalid_request' }),
      cause: 'request/encoding',
    },
    password: {
      summary: "The user's name and password are sent to the token endpoint.",
      does: askForToken({ parameters: { grant_type: 'password', username: '{username}', password: '{password}' } }),
      expect: refusesGrant({
        cause,
        by: rfc9700.noPassword,
        error: ['unsupported_grant_type', 'unauthorized_client'],
      }),
      needs: ['authorization-code'],
    },
  },
);
