import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Fault } from '../../../../harness/model/fault.ts';
import type { JsonObject } from '../../../../harness/model/json.ts';
import { attackerPlaceholder } from '../../../idp/endpoints/discovery.ts';
import { without } from '../answer-body.ts';

const metadataFault = (
  variant: string,
  cause: CauseId,
  summary: string,
  change: (document: JsonObject) => JsonObject,
): Fault<'metadata'> => ({
  id: `metadata/${variant}`,
  layer: 'policy',
  seam: 'metadata',
  cause,
  summary,
  apply: change,
});

// `issuer` must be identical to the one the document was asked for (RFC 8414 §3.3).
const issuer = (variant: string, summary: string, change: (issuer: string) => string) =>
  metadataFault(`issuer-${variant}`, 'idp/endpoints', summary, (document) => ({
    ...document,
    issuer: change(String(document.issuer)),
  }));

export const metadataIssuerOther = () =>
  issuer('other', 'issuer is another one', () => 'https://issuer.attacker.example');
export const metadataIssuerTrailingSlash = () =>
  issuer('trailing-slash', 'issuer has a trailing slash too many', (right) => `${right}/`);
export const metadataIssuerCase = () => issuer('case', 'issuer is in upper case', (right) => right.toUpperCase());
export const metadataIssuerHttp = () =>
  issuer('http', 'issuer has the scheme http', (right) => right.replace(/^https:/, 'http:'));
export const metadataIssuerMissing = () =>
  metadataFault('issuer-missing', 'idp/endpoints', 'issuer is missing', (document) => without(document, 'issuer'));

const url = (member: string, variant: string, summary: string, change: (url: string) => string) =>
  metadataFault(`${member.replaceAll('_', '-')}-${variant}`, 'idp/endpoints', `${member} ${summary}`, (document) => ({
    ...document,
    [member]: change(String(document[member])),
  }));

const missing = (member: string) =>
  metadataFault(`${member.replaceAll('_', '-')}-missing`, 'idp/endpoints', `${member} is missing`, (document) =>
    without(document, member),
  );

const wrongPath = (right: string) => new URL('/wrong/path', right).href;

export const metadataJwksUriMissing = () => missing('jwks_uri');
export const metadataJwksUriWrongPath = () =>
  url('jwks_uri', 'wrong-path', 'leads to a path that is not there', wrongPath);
export const metadataJwksUriHttp = () =>
  url('jwks_uri', 'http', 'has the scheme http', (right) => right.replace(/^https:/, 'http:'));
export const metadataJwksUriNoUrl = () => url('jwks_uri', 'no-url', 'is not a URL', () => 'jwks');
/** Keys of somebody else, at a place that the issuer itself names. */
export const metadataJwksUriAttacker = () =>
  url('jwks_uri', 'attacker', "leads to the attacker's JWK Set", () => attackerPlaceholder);

export const metadataTokenEndpointMissing = () => missing('token_endpoint');
export const metadataTokenEndpointWrongPath = () =>
  url('token_endpoint', 'wrong-path', 'leads to a path that is not there', wrongPath);
export const metadataIntrospectionEndpointMissing = () => missing('introspection_endpoint');
export const metadataIntrospectionEndpointWrongPath = () =>
  url('introspection_endpoint', 'wrong-path', 'leads to a path that is not there', wrongPath);

/** Must be tolerated: members that are not understood must be ignored (OpenID Connect Discovery 1.0 §3). */
export const metadataUnknownMembers = () =>
  metadataFault('unknown-members', 'migration/interpretation', 'a member that nobody knows is added', (document) => ({
    ...document,
    'x-failwell': { nested: [1] },
  }));
