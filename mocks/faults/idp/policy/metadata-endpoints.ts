import type { JsonObject } from '../../../../harness/model/json.ts';
import { attackerPlaceholder } from '../../../idp/endpoints/discovery.ts';
import { without } from '../answer-body.ts';
import { family } from '../family.ts';

const fault = family('metadata', { seam: 'metadata', layer: 'policy', cause: 'idp/endpoints' });

const dashed = (member: string) => member.replaceAll('_', '-');

/** Members that the document has, with other values. */
const replaced = (document: JsonObject, members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(document).map(([name, value]) => [name, members[name] ?? value]));

const missing = (member: string) =>
  fault(`${dashed(member)}-missing`, `${member} is missing`, (document) => without(document, member));

export const metadataAuthorizationEndpointMissing = () => missing('authorization_endpoint');
export const metadataUserinfoEndpointMissing = () => missing('userinfo_endpoint');
export const metadataRevocationEndpointMissing = () => missing('revocation_endpoint');

// A malicious issuer sends what it should never see to hosts of its choice (RFC 9700 §4.4, §4.9).
const attacker = (member: string) =>
  fault(`${dashed(member)}-attacker`, `${member} is on the attacker's host`, (document) =>
    replaced(document, { [member]: attackerPlaceholder }),
  );

export const metadataAuthorizationEndpointAttacker = () => attacker('authorization_endpoint');
export const metadataTokenEndpointAttacker = () => attacker('token_endpoint');
export const metadataUserinfoEndpointAttacker = () => attacker('userinfo_endpoint');
export const metadataIntrospectionEndpointAttacker = () => attacker('introspection_endpoint');
export const metadataEndpointsAttacker = () =>
  fault('endpoints-attacker', "every endpoint is on the attacker's host", (document) =>
    Object.fromEntries(
      Object.entries(document).map(([name, value]) => [name, name.endsWith('_endpoint') ? attackerPlaceholder : value]),
    ),
  );
/** An address inside the client's own network: a request forgery with the client's hands. */
export const metadataTokenEndpointInternal = () =>
  fault('token-endpoint-internal', 'token_endpoint is on the loopback of whoever reads it', (document) =>
    replaced(document, { token_endpoint: 'https://localhost:1/internal' }),
  );
export const metadataTokenEndpointHttp = () =>
  fault('token-endpoint-http', 'token_endpoint has the scheme http', (document) =>
    replaced(document, { token_endpoint: String(document.token_endpoint).replace(/^https:/, 'http:') }),
  );

// Mix-up (RFC 9700 §4.4): the user logs in at an honest IdP, and the code goes to the attacker's.
type Honest = { readonly honest?: string };
const mixUp = 'attack/mix-up';

/** An attacker's IdP that calls itself by an honest one's name. */
export const metadataIssuerHonest = ({ honest = 'https://honest.example' }: Honest = {}) =>
  fault('issuer-honest', "issuer is an honest IdP's", (document) => replaced(document, { issuer: honest }), mixUp);
export const metadataAuthorizationEndpointHonest = ({ honest = 'https://honest.example' }: Honest = {}) =>
  fault(
    'authorization-endpoint-honest',
    "authorization_endpoint is an honest IdP's, all else the attacker's own",
    (document) => replaced(document, { authorization_endpoint: `${honest}/authorize` }),
    mixUp,
  );
/** Audience injection: what the client says to this endpoint is meant for another one. */
export const metadataTokenEndpointHonest = ({ honest = 'https://honest.example' }: Honest = {}) =>
  fault(
    'token-endpoint-honest',
    "token_endpoint is an honest IdP's, all else the attacker's own",
    (document) => replaced(document, { token_endpoint: `${honest}/token` }),
    mixUp,
  );
