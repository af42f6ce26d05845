import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Fault } from '../../../../harness/model/fault.ts';
import type { Policy } from '../../../../harness/model/issuing.ts';
import { dashed, family } from '../family.ts';

const fault = family('policy', { seam: 'policy', layer: 'policy', cause: 'attack/code' });

/** What goes wrong when the IdP does not insist. */
const switches = {
  matchesRedirectUris: { cause: 'attack/open-redirect', summary: 'any redirect URI is taken' },
  freesLoopbackPorts: {
    cause: 'client/redirect-uri',
    summary: 'a loopback redirect URI has to have the port that is registered',
  },
  limitsGrants: { cause: 'client/type', summary: 'any client may use any grant' },
  authenticatesClients: { cause: 'client/credentials', summary: 'clients need not prove themselves' },
  verifiesPkce: { cause: 'attack/code', summary: 'code_verifier is not looked at' },
  demandsPkce: { cause: 'attack/code', summary: 'public clients may do without PKCE' },
  codesSingleUse: { cause: 'attack/code', summary: 'a code may be used again' },
  bindsCodes: { cause: 'attack/code', summary: "a code is anybody's, for any redirect URI" },
  bindsRefreshTokens: { cause: 'refresh/revoked', summary: "a refresh token is anybody's" },
  rotatesRefreshTokens: {
    cause: 'refresh/revoked',
    summary: 'a refresh token may be used again, and no new one comes',
  },
  revokesOnReplay: { cause: 'attack/code', summary: 'a code or refresh token that comes again ends nothing' },
  bindsRevocation: { cause: 'token/caching', summary: "a client may revoke another one's tokens" },
  refusesUnknownScopes: { cause: 'client/scope', summary: 'unknown scope values are ignored' },
  limitsScopes: { cause: 'client/scope', summary: 'any client may ask for any scope' },
  keepsRefreshScope: {
    cause: 'client/scope',
    summary: 'a refresh that asks for less leaves the next one no more than that',
  },
  heedsRevocation: { cause: 'token/caching', summary: 'a revoked token stays active' },
  refetchesClientKeys: { cause: 'client/endpoints', summary: "a client's keys are fetched once and never again" },
  limitsRequestUris: { cause: 'client/endpoints', summary: 'a request object is fetched from anywhere' },
  verifiesRequestObjects: { cause: 'client/credentials', summary: 'a request object is taken from anybody' },
} as const satisfies { readonly [P in keyof Policy]: { readonly cause: CauseId; readonly summary: string } };

/** The IdP does not insist on one thing. */
export function policyOff({ what = 'verifiesPkce' }: { readonly what?: keyof Policy } = {}): Fault<'policy'> {
  const { cause, summary } = switches[what];
  return fault(`${dashed(what)}-off`, summary, (policy) => ({ ...policy, [what]: false }), cause);
}
