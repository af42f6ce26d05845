import { policyOff } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('any-redirect-uri', [policyOff({ what: 'matchesRedirectUris' })], {
  summary: 'sends codes to any redirect URI',
  caughtBy: [
    'idp/redirect-uri/other-host',
    'idp/redirect-uri/subpath',
    'idp/redirect-uri/parent-path',
    'idp/redirect-uri/subdomain',
    'idp/redirect-uri/host-suffix',
    'idp/redirect-uri/userinfo',
    'idp/redirect-uri/scheme',
    'idp/redirect-uri/of-another-client',
  ],
});
