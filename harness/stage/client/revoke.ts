import type { Idp } from '../../../mocks/idp/idp.ts';
import { FailwellError } from '../../model/error.ts';

/**
 * Revokes a token as its client would (RFC 7009 §2.1), though no wire shows it: a refresh token takes with it every token
 * of the same grant.
 */
export async function revokeAt(
  idp: Pick<Idp, 'handle' | 'endpoints'>,
  client: { readonly clientId: string; readonly clientSecret: string; readonly inBody: boolean },
  token: string,
): Promise<void> {
  const { clientId, clientSecret, inBody } = client;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const secret = { client_id: clientId, client_secret: clientSecret };
  const { status } = await idp.handle({
    method: 'POST',
    path: new URL(idp.endpoints.revocation).pathname,
    headers: [
      ['content-type', 'application/x-www-form-urlencoded'],
      ...(inBody || clientSecret === '' ? [] : [['authorization', `Basic ${basic}`] as const]),
    ],
    body: Buffer.from(
      new URLSearchParams({
        token,
        ...(inBody && secret),
        ...(clientSecret === '' && { client_id: clientId }),
      }).toString(),
    ),
  });
  if (status === 200) return;
  throw new FailwellError('harness', `The mock IdP answered ${status} to a revocation: place no fault on it then.`);
}
