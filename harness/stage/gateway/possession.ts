import { signingKey } from '../../../mocks/forge/keys.ts';
import { boundTo, draftProof, forgeProof } from '../../../mocks/forge/proof.ts';
import type { Random } from '../../model/fault.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { ProofRecipe, TokenRecipe } from '../../model/step.ts';

/** A caller that has a key, and tokens that are of use with it alone (RFC 9449). */
export interface Possession {
  /** The same token, bound to the key (§6.1). */
  bind(recipe: TokenRecipe): TokenRecipe;
  /** The same request with a proof for this token (§4.1), made wrong by the recipe's flaws. */
  prove(request: HttpRequest, token: string): Promise<HttpRequest>;
}

/** Whose keys no IdP has. */
const slot = -1;

/**
 * @param url where the gateway serves, without a trailing slash
 * @param now milliseconds since 1970
 */
export async function possess(
  { flaws, field = 'DPoP' }: ProofRecipe,
  { url, now, random }: { readonly url: string; readonly now: () => number; readonly random: Random },
): Promise<Possession> {
  const key = await signingKey('ES256', 'proof', slot);
  const binding = await boundTo(key);
  return {
    bind: (recipe) => ({ ...recipe, claims: { ...recipe.claims, ...binding } }),
    async prove(request, accessToken) {
      const { method, path } = request;
      const sound = draftProof(key, { method, url: url + path, accessToken, now: now() / 1000, random });
      const draft = flaws.reduce((changed, flaw) => flaw.apply(changed, random), sound);
      return { ...request, headers: [...request.headers, [field, await forgeProof(draft, key)]] };
    },
  };
}
