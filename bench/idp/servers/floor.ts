import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { alg, serving, work } from '../serving.ts';

/** The least that can be done for a token: bare node:http and one signature, by jose or by node:crypto. */
const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
const header = { alg, typ: 'at+jwt', kid: 'floor' };
const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'floor', alg, use: 'sig' }] });

const byJose = (claims: { [name: string]: unknown }) => new SignJWT(claims).setProtectedHeader(header).sign(privateKey);

const jwk = await exportJWK(privateKey);
const keyObject = createPrivateKey({ key: jwk, format: 'jwk' });
const signed = promisify(sign);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function byCrypto(claims: object): Promise<string> {
  const input = `${encoded(header)}.${encoded(claims)}`;
  const signature = await signed('sha256', Buffer.from(input), { key: keyObject, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

const token = process.argv[3] === 'crypto' ? byCrypto : byJose;

async function answer({ url: path }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (path === '/jwks') return send(response, jwks);
  const now = Math.floor(Date.now() / 1000);
  const { client, audience: aud, scope, lifetime } = work;
  const access_token = await token({
    iss: url,
    exp: now + lifetime,
    aud,
    sub: client.id,
    client_id: client.id,
    iat: now,
    jti: randomBytes(16).toString('hex'),
    scope,
  });
  send(response, JSON.stringify({ access_token, token_type: 'Bearer', expires_in: lifetime, scope }));
}

function send(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const server = createServer((request, response) => request.resume().on('end', () => answer(request, response)));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
serving({ token: `${url}/token`, jwks: `${url}/jwks` });
