import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Json } from '../../harness/model/json.ts';
import type { SigningKey } from '../../harness/model/token.ts';

/**
 * What an attacker's host serves: a JWK Set with the foreign key wherever it is asked, its certificate at a path
 * that ends in `.pem` (for `x5u`), and a discovery document of its own. Only a flawed target ever comes here.
 */
export function attackerHandler(foreign: SigningKey): (request: HttpRequest) => Promise<HttpAnswer> {
  const keys = { keys: [foreign.publicJwk] };
  const [der] = Array.isArray(foreign.publicJwk.x5c) ? foreign.publicJwk.x5c : [];
  const pem = `-----BEGIN CERTIFICATE-----\n${String(der).replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return async (request) => {
    const [path = ''] = request.path.split('?');
    if (path.endsWith('.pem')) return answer('application/pem-certificate-chain', pem);
    if (!path.includes('/.well-known/')) return json(keys);
    const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
    return json({ issuer: `https://${host}`, jwks_uri: `https://${host}/jwks` });
  };
}

const json = (value: Json) => answer('application/json', JSON.stringify(value));

const answer = (type: string, text: string): HttpAnswer => ({
  status: 200,
  headers: [['content-type', type]],
  body: Buffer.from(text),
});
