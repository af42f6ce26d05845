import type { Load } from './load.ts';
import { type Places, work } from './serving.ts';

/** Kept-alive connections, each with one request at a time. */
const connections = 16;

const basic = Buffer.from(`${work.client.id}:${work.client.secret}`).toString('base64');

/** What asks for a token in the client's own name (RFC 6749 §4.4.2). */
export const tokenRequest = {
  method: 'POST',
  headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=client_credentials',
} as const;

export const tokenLoad = ({ token }: Places): Load => ({ url: token, ...tokenRequest, connections });

export const jwksLoad = ({ jwks }: Places): Load => ({ url: jwks, method: 'GET', headers: {}, body: '', connections });
