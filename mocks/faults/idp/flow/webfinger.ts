import type { CauseId } from '../../../../harness/model/cause.ts';
import type { JsonObject } from '../../../../harness/model/json.ts';
import { editing, without } from '../answer-body.ts';
import { family } from '../family.ts';

const fault = family('webfinger', { seam: 'webfinger-answer', layer: 'policy', cause: 'idp/endpoints' });

const edited = (variant: string, summary: string, change: (descriptor: JsonObject) => JsonObject, cause?: CauseId) =>
  fault(variant, summary, editing(change), cause);

// One link names the issuer (OpenID Connect Discovery 1.0 §2), and its scheme must be https.
const links = (variant: string, summary: string, change: (link: JsonObject) => JsonObject, cause?: CauseId) =>
  edited(
    variant,
    summary,
    (descriptor) => ({ ...descriptor, links: ((descriptor.links ?? []) as readonly JsonObject[]).map(change) }),
    cause,
  );

export const webfingerHrefHttp = () =>
  links('href-http', 'the issuer has the scheme http', (link) => ({
    ...link,
    href: String(link.href).replace(/^https:/, 'http:'),
  }));
export const webfingerHrefOther = ({ issuer = 'https://honest.example' }: { readonly issuer?: string } = {}) =>
  links('href-other', 'the issuer is another one', (link) => ({ ...link, href: issuer }), 'attack/mix-up');
export const webfingerHrefTenant = () =>
  links(
    'href-tenant',
    'the issuer is that of another tenant',
    (link) => ({ ...link, href: String(link.href).replace(/\/[^/]*$/, '/other-tenant') }),
    'tenant/discovery',
  );
export const webfingerRelOther = () =>
  links('rel-other', 'no link is one to an issuer', (link) => ({ ...link, rel: 'http://webfinger.net/rel/avatar' }));
export const webfingerLinksMissing = () =>
  edited('links-missing', 'links is missing', (descriptor) => without(descriptor, 'links'));
export const webfingerSubjectOther = () =>
  edited(
    'subject-other',
    'subject is another account',
    (descriptor) => ({ ...descriptor, subject: 'acct:another-user@example.com' }),
    'attack/mix-up',
  );
/** To be tolerated: a descriptor may say more than a client knows (RFC 7033 §4.4). */
export const webfingerUnknownMembers = () =>
  edited(
    'unknown-members',
    'a member that nobody knows is added',
    (descriptor) => ({ ...descriptor, 'x-failwell': { nested: [1] } }),
    'migration/interpretation',
  );
