import { connect } from 'node:tls';
import type { Gateway } from '../reference/gateway/parts.ts';
import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

/** Whether the server staples to its certificate what its authority says of it (RFC 6066 §8): here only revoked ones do. */
function stapled({ wiring }: Gateway, url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const lookup = wiring.names && { lookup: wiring.names.lookup };
  const asked = { host: hostname, port: Number(port), servername: hostname, ca: wiring.ca.pem, requestOCSP: true };
  const socket = connect({ ...asked, ...lookup });
  socket.once('OCSPResponse', (staple: Buffer | null) => resolve(staple !== null && staple.length > 0));
  socket.once('secureConnect', () => socket.destroy());
  socket.once('error', () => {});
  socket.once('close', () => resolve(false));
  return promise;
}

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    if (await stapled(gateway, question.url)) throw invalidToken('invalid token');
    return await correct.fetchDocument(gateway, question);
  },
};

export default mutant('blames-token-for-revocation', parts, {
  summary: "answers 401 invalid_token when the IdP's certificate is revoked",
  caughtBy: ['gateway/idp-certificate/revoked'],
});
