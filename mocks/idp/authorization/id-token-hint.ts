import { decodeJwt } from 'jose';
import type { Visit } from '../endpoint.ts';
import type { Client } from '../registration/client.ts';
import { issuedIdToken } from '../tokens/issued-id-token.ts';

/** What an ID token of this issuer says, expired or not, and the client that it was for. */
export interface HintedToken {
  readonly client: Client;
  readonly sub: string;
  readonly sid: string | undefined;
}

/** Reads an `id_token_hint` (RP-Initiated Logout §2, OIDC Core §3.1.2.1); `undefined` unless this issuer made it. */
export async function hintedToken(token: string, visit: Visit): Promise<HintedToken | undefined> {
  try {
    const client = visit.clients.find(String([decodeJwt(token).aud].flat()[0]));
    if (!client) return undefined;
    const { sub, sid } = await issuedIdToken(token, client.id, visit, { hint: true });
    return { client, sub: String(sub), sid: typeof sid === 'string' ? sid : undefined };
  } catch {
    return undefined;
  }
}
