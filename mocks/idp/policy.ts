import type { Policy } from '../../harness/model/issuing.ts';

/** What a correct IdP insists on. */
export const strictPolicy: Policy = {
  matchesRedirectUris: true,
  freesLoopbackPorts: true,
  authenticatesClients: true,
  limitsGrants: true,
  verifiesPkce: true,
  demandsPkce: true,
  codesSingleUse: true,
  bindsCodes: true,
  bindsRefreshTokens: true,
  rotatesRefreshTokens: true,
  revokesOnReplay: true,
  bindsRevocation: true,
  refusesUnknownScopes: true,
  limitsScopes: true,
  keepsRefreshScope: true,
  heedsRevocation: true,
  refetchesClientKeys: true,
  limitsRequestUris: true,
  verifiesRequestObjects: true,
};
