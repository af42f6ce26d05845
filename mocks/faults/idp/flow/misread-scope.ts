import type { Parameters } from '../../../../harness/model/issuing.ts';
import { family } from '../family.ts';

// What the IdP makes of `scope` (RFC 6749 §3.3).
const about = { layer: 'flow', cause: 'client/scope' } as const;
const fault = family('misreads', { seam: 'token-request', ...about });
const authorize = family('misreads', { seam: 'authorize-request', ...about });

const having = (change: (scope: string) => string) => (parameters: Parameters) =>
  parameters.scope === undefined ? parameters : { ...parameters, scope: change(parameters.scope) };

export const misreadsScopeList = () =>
  fault(
    'scope-list',
    'a list of scope values counts as one value',
    having((scope) => scope.replaceAll(' ', '-')),
  );
/** There is neither a default nor an error for it. */
export const misreadsScopeMissing = () =>
  fault('scope-missing', 'client credentials without a scope count as for an unknown one', (parameters) =>
    parameters.grant_type === 'client_credentials' && !parameters.scope
      ? { ...parameters, scope: 'undefined' }
      : parameters,
  );
/** The same of an authorization request. */
export const misreadsScopeUnasked = () =>
  authorize('scope-unasked', 'an authorization request without a scope counts as one for an unknown scope', (asked) =>
    asked.scope ? asked : { ...asked, scope: 'undefined' },
  );
/** Without it a request is none of OpenID Connect (OIDC Core §3.1.2.1). */
export const misreadsScopeOpenid = () =>
  authorize(
    'scope-openid',
    'openid is not seen in the scope of an authorization request',
    having((scope) => scope.replace(/\bopenid ?/, '')),
  );
