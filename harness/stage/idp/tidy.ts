import type { UserAgent } from '../user-agent/user-agent.ts';
import { type Occasion, requestTo } from './ask.ts';
import type { Kept } from './kept.ts';
import { logOut } from './log-out.ts';

/** What a run was given and must not leave behind: tokens, and the browsers in which users logged in. */
export interface Ledger {
  readonly grants: Kept[];
  readonly browsers: { readonly agent: UserAgent; readonly kept: () => Kept | undefined }[];
}

/**
 * Gives it all back: the refresh token, or the access token, of each grant is revoked (RFC 7009), and each user who has an
 * ID token is logged out (RP-Initiated Logout §2). What the IdP has no endpoint for ends by itself.
 */
export async function tidyUp(
  { grants, browsers }: Ledger,
  occasion: Occasion,
  send: (request: ReturnType<typeof requestTo>['request']) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const { metadata, wiring } = occasion;
  if (metadata.has('revocation')) {
    for (const kept of grants) {
      const token = kept.refresh_token === undefined ? 'access_token' : 'refresh_token';
      if (signal.aborted || kept[token] === undefined || wiring.clients[kept.client] === undefined) continue;
      await send(requestTo({ do: 'ask-idp', what: 'revoke-at-idp', token }, kept, occasion).request);
    }
  }
  if (!metadata.has('end-session')) return;
  for (const { agent, kept } of browsers) {
    const idToken = kept()?.id_token;
    if (idToken === undefined || signal.aborted) continue;
    await logOut({ agent, metadata, hint: idToken, signal });
  }
}
