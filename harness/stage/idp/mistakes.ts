import type { ClientRole } from '../../model/step.ts';
import type { RegisteredClient, Target } from '../../model/target.ts';
import type { Came } from './outcome.ts';

/** What is probably wrong in a target's file when a correct login comes to this, in a sentence. */
export function mistakeIn(
  came: Came,
  at: 'authorization' | 'token',
  client: RegisteredClient,
  asked: { readonly scope: string; readonly user: string },
): string {
  const { outcome, detail } = came;
  const [redirectUri] = client.redirectUris;
  const called = `the client '${client.id}'`;
  if (at === 'token') {
    if (/\binvalid_client\b|^401\b/.test(detail)) return refusedClient(client, detail);
    if (/\bun(?:authorized_client|supported_grant_type)\b/.test(detail))
      return `its code was not redeemed (${detail}): let ${called} use the grant authorization_code`;
    return `its code was not redeemed (${detail}): correct ${called}`;
  }
  if (outcome === 'refused' && /\bpage\b/.test(detail) && !/ that says no$/.test(detail))
    return `the authorization endpoint showed an error (${detail}): correct the id of ${called}, register the redirect URI ${redirectUri} for it, or correct the user '${asked.user}' and the password`;
  if (/\bpage\b/.test(detail))
    return `the login did not get past a page (${detail}): correct the user '${asked.user}' and the password, or describe its pages in 'idp.login', as 'failwell learn' does`;
  if (/\binvalid_scope\b/.test(detail))
    return `the authorization request was refused (${detail}): let ${called} ask for '${asked.scope}', or say in 'idp.scope' what it may ask for`;
  if (/\bunauthorized_client\b|\bunsupported_response_type\b/.test(detail))
    return `the authorization request was refused (${detail}): let ${called} use the grant authorization_code`;
  if (outcome === 'refused')
    return `the authorization request was refused (${detail}): correct what ${called} may ask for`;
  return `the login came to ${detail}`;
}

const refusedClient = ({ id }: RegisteredClient, detail: string) =>
  `the client '${id}' was refused (${detail}): correct its id, its secret, or how it authenticates`;

/** Those that every target with clients of a secret knows, and that authenticate by it. */
const bySecret: ReadonlySet<ClientRole> = new Set(['confidential', 'other', 'awkward']);

/**
 * The clients that the token endpoint does not know, told by what it says of a code that nobody has issued: a client that
 * it knows is told that the code is wrong (RFC 6749 §5.2).
 */
export async function unknownClients(
  clients: { readonly [C in ClientRole]?: RegisteredClient },
  redeem: (client: ClientRole) => Promise<Came>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [role, client] of Object.entries(clients) as [ClientRole, RegisteredClient | undefined][]) {
    // A client that authenticates in another way, or that not every IdP is told of, says nothing by being refused.
    if (client?.secret === undefined || !bySecret.has(role)) continue;
    const { outcome, detail } = await redeem(role);
    if (outcome === 'refused' && /\binvalid_client\b/.test(detail)) wrong.push(refusedClient(client, detail));
  }
  return wrong;
}

/** What to do about a target that is said to issue refresh tokens, and with which a login brought none. */
export function withoutRefreshToken(
  { capabilities }: Pick<Target, 'capabilities'>,
  { kept }: Came,
  scope: string,
): string | undefined {
  if (!capabilities.includes('refresh-token') || kept?.refresh_token !== undefined) return undefined;
  return `a token response without a refresh token, asked with the scope '${scope}': name in 'idp.scope' what brings one (offline_access at many, with prompt=consent in 'idp.authorizationParameters'), allow its client the grant refresh_token, or let it not declare the capability refresh-token`;
}

/** How far a clock is from ours, where that is so far that tokens and assertions come to be refused. */
export function clockMistake(date: string | undefined, now: number): string | undefined {
  const theirs = Date.parse(date ?? '');
  const minutes = Math.round((theirs - now) / 60_000);
  if (Number.isNaN(theirs) || Math.abs(minutes) < 2) return undefined;
  return `its clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} this machine's: set one of them`;
}
