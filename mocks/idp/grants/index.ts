import { FailwellError } from '../../../harness/model/error.ts';
import type { Household } from '../endpoint.ts';
import { authorizationCode } from './authorization-code.ts';
import { ciba } from './ciba.ts';
import { clientCredentials } from './client-credentials.ts';
import { type CustomGrant, customGrant } from './custom.ts';
import { deviceCode } from './device-code.ts';
import type { Grant } from './grant.ts';
import { jwtBearer } from './jwt-bearer.ts';
import { password } from './password.ts';
import { refreshToken } from './refresh-token.ts';
import { tokenExchange } from './token-exchange.ts';

const builtIn: readonly Grant[] = [
  authorizationCode,
  clientCredentials,
  refreshToken,
  deviceCode,
  ciba,
  tokenExchange,
  jwtBearer,
  password,
];

/**
 * Every grant that the token endpoint offers. Throws a `FailwellError` (`config`) for a custom grant whose type is taken
 * or no absolute URI.
 */
export function offeredGrants(
  household: Pick<Household, 'legacy'>,
  custom: readonly CustomGrant[] = [],
): readonly Grant[] {
  const all = [...builtIn.filter(({ offered }) => offered?.(household) ?? true), ...custom.map(customGrant)];
  const types = new Set(builtIn.map(({ type }) => type));
  for (const { type } of custom) {
    if (types.has(type))
      throw new FailwellError('config', `Grant type '${type}' is taken: choose another URI for yours.`);
    types.add(type);
  }
  return all;
}
