import type { Household } from '../endpoint.ts';
import type { TokenRequest } from '../grants/grant.ts';
import { Refusal } from '../http/answer.ts';

/** Why these cannot be the resources that a token is for (RFC 8707 §2); `undefined` when they can. */
export function wrongResource(
  resources: readonly string[],
  { resources: allowed, audience }: Pick<Household, 'resources' | 'audience'>,
): string | undefined {
  for (const one of resources) {
    if (!URL.canParse(one) || /[\s#]/.test(one)) return 'resource must be an absolute URI without a fragment';
    if (one !== audience && !(allowed?.includes(one) ?? isPlausible(one))) return 'resource is not known here';
  }
  return undefined;
}

/** Where nobody has said what APIs there are: anything secure, or on this machine. */
const isPlausible = (uri: string) =>
  uri.startsWith('https://') || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]?/.test(uri);

/**
 * What an access token is for: the resources that the token request names (RFC 8707 §2.2), else all that were granted.
 * Throws a `Refusal` (`invalid_target`).
 */
export function grantedResources(
  { form, visit }: Pick<TokenRequest, 'form' | 'visit'>,
  granted: readonly string[] = [],
): readonly string[] {
  const asked = [...new Set(form.getAll('resource'))];
  const wrong = wrongResource(asked, visit);
  if (wrong) throw new Refusal('invalid_target', wrong);
  if (granted.length > 0 && asked.some((one) => !granted.includes(one)))
    throw new Refusal('invalid_target', 'resource was not part of the grant');
  return asked.length > 0 ? asked : granted;
}

/** `aud` of a token for these resources (RFC 9068 §3); the IdP's usual API when there are none. */
export function audienceOf(resources: readonly string[]): { readonly audience?: string | readonly string[] } {
  const [first, ...others] = resources;
  if (first === undefined) return {};
  return { audience: others.length > 0 ? resources : first };
}
