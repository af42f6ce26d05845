import { createHash } from 'node:crypto';
import type { Visit } from '../endpoint.ts';
import type { Client } from '../registration/client.ts';

/**
 * The identifier under which a client knows a user: the user's own, or one that only clients of its sector know (OIDC
 * Core §8.1). Access tokens are for APIs and name the user's own.
 */
export function subjectFor(client: Client | undefined, sub: string, { pairwiseSalt }: Pick<Visit, 'pairwiseSalt'>) {
  if (client?.subjectType !== 'pairwise') return sub;
  return createHash('sha256')
    .update(JSON.stringify([sectorOf(client), sub, pairwiseSalt]))
    .digest('base64url');
}

/** The user's own identifier for the one under which a client knows him; that one itself when nobody is known so. */
export function accountOf(client: Client | undefined, subject: string, visit: Visit): string {
  if (client?.subjectType !== 'pairwise') return subject;
  return visit.users.list().find(({ sub }) => subjectFor(client, sub, visit) === subject)?.sub ?? subject;
}

/** The host of `sector_identifier_uri`, else of the redirection URI, which then has but one (OIDC Core §8.1). */
function sectorOf({ profile, redirectUris = [], id }: Client): string {
  const uri = String(profile?.sector_identifier_uri ?? redirectUris[0] ?? '');
  return URL.canParse(uri) ? new URL(uri).host : id;
}
