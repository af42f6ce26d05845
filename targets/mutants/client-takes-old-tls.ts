import { Agent } from 'undici';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    const { ca, names } = client.wiring;
    const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const connect = { ...old, ca: ca.pem, ...(names && { lookup: names.lookup }) };
    const agent = new Agent({ allowH2: false, connect });
    try {
      return await correct.fetchDocument({ ...client, agent }, question);
    } finally {
      await agent.close();
    }
  },
};

export default mutant('client-takes-old-tls', parts, {
  summary: 'speaks TLS 1.0 and 1.1',
  caughtBy: ['client/idp-certificate/tls-1.0', 'client/idp-certificate/tls-1.1'],
});
