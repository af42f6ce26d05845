import type { Fault } from '../../harness/model/fault.ts';
import type { CallApi, TokenRecipe } from '../../harness/model/step.ts';

/** A JWT access token, correct but for these flaws. */
export function minted(...flaws: readonly Fault<'access-token'>[]): TokenRecipe {
  return { format: 'jwt', flaws };
}

/** A correct opaque token. */
export const opaque: TokenRecipe = { format: 'opaque', flaws: [] };

/** Calls the API; with a correct JWT when nothing else is said. */
export function callApi(step: Omit<CallApi, 'do'> = { token: minted() }): CallApi {
  return { do: 'call-api', ...step };
}
