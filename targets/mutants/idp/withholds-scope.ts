import { policyOff, tokenScopeMissing } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('withholds-scope', [policyOff({ what: 'refusesUnknownScopes' }), tokenScopeMissing()], {
  summary: 'leaves out what it does not know of a scope, and tells nobody',
  caughtBy: [
    'idp/scope/unknown',
    'idp/scope/unknown-besides',
    'idp/scope/misspelt',
    'idp/scope/in-capitals',
    'idp/scope/beginning-only',
    'idp/scope/wildcard',
    'idp/scope/with-commas',
    'idp/scope/with-tab',
    'idp/scope/with-quotes',
    'idp/scope/long',
    'idp/scope/omitted',
    'idp/scope/empty',
    'idp/scope-login/unknown-left-out',
    'idp/scope-refresh/unknown',
    'idp/scope-refresh/wider',
    'idp/scope-refresh/unknown-besides',
  ],
});
