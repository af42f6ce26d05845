import type { Fault } from '../../../../harness/model/fault.ts';
import type { Json, JsonObject } from '../../../../harness/model/json.ts';
import type { SigningKey, TokenDraft } from '../../../../harness/model/token.ts';
import { foreignKey } from '../../../forge/keys.ts';
import { tokenFault, withClaims } from '../../token/draft.ts';
import { refusing } from '../answer-body.ts';
import { family } from '../family.ts';
import { onIdToken } from '../token/carry.ts';

/** The issuer of another tenant: its own last path segment, or one behind the host. */
const sibling = (issuer: string, tenant: string) => {
  const url = new URL(issuer);
  url.pathname = url.pathname.replace(/[^/]*$/, tenant);
  return decodeURI(url.href);
};

/** The same id in every layer: `tenant/…`. */
const named = <F extends Fault>(fault: F, variant: string): F => ({
  ...fault,
  id: `tenant/${variant}`,
  layer: 'policy',
});

type Options = { readonly tenant?: string };
const isolation = 'tenant/isolation';
const other = 'other-tenant';

const claims = (summary: string, change: (draft: TokenDraft) => JsonObject) =>
  tokenFault('', isolation, summary, (draft) => withClaims(draft, change(draft)));

const otherIssuer = (tenant: string) =>
  claims('iss is that of another tenant', ({ surroundings }) => ({ iss: sibling(surroundings.issuer, tenant) }));

export const tenantAccessTokenIssuerOther = ({ tenant = other }: Options = {}) =>
  named(otherIssuer(tenant), 'access-token-iss-other');
export const tenantIdTokenIssuerOther = ({ tenant = other }: Options = {}) =>
  named(onIdToken(otherIssuer(tenant)), 'id-token-iss-other');

/** One issuer for all tenants, and a claim that says which. */
const tid = (tenant: string) => claims('a claim tid names another tenant', () => ({ tid: tenant }));
export const tenantAccessTokenTenantOther = ({ tenant = other }: Options = {}) =>
  named(tid(tenant), 'access-token-tid-other');
export const tenantIdTokenTenantOther = ({ tenant = other }: Options = {}) =>
  named(onIdToken(tid(tenant)), 'id-token-tid-other');
export const tenantIdTokenIssuerTemplated = () =>
  named(
    onIdToken(
      claims('iss has a placeholder for the tenant', ({ surroundings }) => ({
        iss: sibling(surroundings.issuer, '{tenantid}'),
      })),
    ),
    'id-token-iss-templated',
  );

const metadata = family('tenant', { seam: 'metadata', layer: 'policy', cause: 'tenant/discovery' });

/** A document for all tenants, which no `issuer` fits by the letter (OpenID Connect Discovery 1.0 §4.3). */
export const tenantMetadataTemplated = () =>
  metadata('metadata-issuer-templated', 'issuer has a placeholder for the tenant', (document) => ({
    ...document,
    issuer: sibling(String(document.issuer), '{tenantid}'),
  }));
export const tenantMetadataIssuerOther = ({ tenant = other }: Options = {}) =>
  metadata('metadata-issuer-other', 'issuer is that of another tenant', (document) => ({
    ...document,
    issuer: sibling(String(document.issuer), tenant),
  }));
/** The whole document of somebody else. */
export const tenantMetadataOther = ({ tenant = other }: Options = {}) =>
  metadata('metadata-other', 'every URL is that of another tenant', (document) => {
    const right = String(document.issuer);
    const wrong = sibling(right, tenant);
    const moved = (value: Json) =>
      typeof value === 'string' && value.startsWith(right) ? `${wrong}${value.slice(right.length)}` : value;
    return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, moved(value)]));
  });
export const tenantMetadataKeysOther = ({ tenant = other }: Options = {}) =>
  metadata('metadata-jwks-uri-other', 'jwks_uri leads to the keys of another tenant', (document) => {
    const right = String(document.issuer);
    const rest = String(document.jwks_uri).slice(right.length);
    return { ...document, jwks_uri: `${sibling(right, tenant)}${rest}` };
  });

const answer = family('tenant', { seam: 'token-answer', layer: 'policy', cause: 'tenant/configuration' });

export const tenantClientUnknown = () =>
  answer(
    'client-unknown',
    'the client is not known in this tenant: 400 unauthorized_client',
    refusing('unauthorized_client', 'No application with this identifier was found in the directory of this tenant'),
  );
export const tenantCodeRefused = () =>
  answer(
    'code-refused',
    'the code is refused as that of another tenant: 400 invalid_grant',
    refusing('invalid_grant', 'The code was issued by another tenant'),
    isolation,
  );

/** All tenants share a store of keys, and the wrong one is taken. Give it the other tenant's keys. */
export const tenantKeysOther = ({ keys }: { readonly keys?: readonly SigningKey[] } = {}) =>
  family('tenant', { seam: 'keyring', layer: 'policy', cause: isolation })(
    'keys-other',
    'it signs with the keys of another tenant',
    () => keys ?? [foreignKey('key-of-another-tenant')],
  );
