import type { RegisteredClient } from '../../model/target.ts';
import type { Came } from './outcome.ts';

/** What is probably wrong in a target's file when a correct login comes to this, in a sentence. */
export function mistakeIn(came: Came, at: 'authorization' | 'token', client: RegisteredClient): string {
  const { outcome, detail } = came;
  const [redirectUri] = client.redirectUris;
  if (at === 'token') {
    if (/\binvalid_client\b|^401\b/.test(detail))
      return `the client '${client.id}' was refused (${detail}): correct its id, its secret, or how it authenticates`;
    return `its code was not redeemed (${detail}): correct the client '${client.id}'`;
  }
  if (outcome === 'refused' && /\bpage\b/.test(detail))
    return `the authorization endpoint showed an error (${detail}): register the redirect URI ${redirectUri} for the client '${client.id}'`;
  if (outcome === 'refused')
    return `the authorization request was refused (${detail}): correct what the client '${client.id}' may ask for`;
  if (/\bpage\b/.test(detail))
    return `the login did not get past a page (${detail}): correct the user, or describe its pages in 'idp.login'`;
  return `the login came to ${detail}`;
}
