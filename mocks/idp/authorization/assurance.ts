import type { Household } from '../endpoint.ts';
import type { Form } from '../http/form.ts';
import type { Client } from '../registration/client.ts';
import type { Refuse } from './authorization-error.ts';
import type { RequestedClaims } from './requested-claims.ts';

/**
 * The authentication context class that a login reaches of those that are wanted (OIDC Core §3.1.2.1, RFC 9470 §5);
 * `undefined` when it reaches none of them. Each class of the IdP includes those before it.
 * @param reached the class of the login itself
 * @param wanted preferred first; any when empty
 */
export function reachedClass(
  reached: string,
  wanted: readonly string[],
  { acrs }: Pick<Household, 'acrs'>,
): string | undefined {
  if (wanted.length === 0) return reached;
  return wanted.find((one) => one === reached || acrs.indexOf(one) <= acrs.indexOf(reached));
}

/** `acr_values`, or the claim `acr` with the values that it shall have (OIDC Core §3.1.2.1, §5.5.1.1). */
export function assuranceOf(
  { get }: Form,
  { defaultAcrValues }: Client,
  claims: RequestedClaims | undefined,
  household: Pick<Household, 'acrs'>,
  refuse: Refuse,
) {
  const wish = claims?.idToken.get('acr');
  const asked = wish?.values ?? get('acr_values')?.split(' ') ?? defaultAcrValues ?? [];
  const acrs = asked.map(String).filter((value) => household.acrs.includes(value));
  const acrEssential = Boolean(wish?.essential && wish.values);
  if (acrEssential && acrs.length === 0)
    refuse('unmet_authentication_requirements', 'No login here reaches an acr that would do');
  return { acrs, acrEssential };
}
