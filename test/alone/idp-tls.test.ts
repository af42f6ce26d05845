import { once } from 'node:events';
import { request as https } from 'node:https';
import { expect, test } from 'vitest';
import { startIdp } from '../../harness/idp.ts';

test('TLS faults stand on the IdP alone by their ids, for all tenants, until they are cleared', async () => {
  await using idp = await startIdp({ tls: true, tenants: { acme: {} } });
  const fetched = async (url: string) => {
    const request = https(url, { ca: idp.ca!.pem, agent: false }).end();
    const answer = await once(request, 'response').catch((problem: NodeJS.ErrnoException) => problem.code);
    return Array.isArray(answer) ? answer[0].resume().statusCode : answer;
  };
  const { jwks } = idp.endpoints;
  const acme = idp.tenant('acme').endpoints.jwks;
  expect(await fetched(jwks)).toBe(200);
  const clear = await idp.place('tls/expired-certificate');
  expect([await fetched(jwks), await fetched(acme)]).toEqual(['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED']);
  await clear();
  expect([await fetched(jwks), await fetched(acme)]).toEqual([200, 200]);
  await expect(idp.place('tls/self-signed', { at: 'jwks' })).rejects.toThrow('one endpoint');
});
