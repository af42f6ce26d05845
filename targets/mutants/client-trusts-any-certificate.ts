import { Agent } from 'undici';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    const { names } = client.wiring;
    const connect = { rejectUnauthorized: false, ...(names && { lookup: names.lookup }) };
    const trusting = new Agent({ allowH2: false, connect });
    try {
      return await correct.fetchDocument({ ...client, agent: trusting }, question);
    } finally {
      await trusting.close();
    }
  },
};

export default mutant('client-trusts-any-certificate', parts, {
  summary: 'does not verify the certificate of the IdP',
  caughtBy: [
    'client/idp-certificate/expired',
    'client/idp-certificate/unknown-authority',
    'client/idp-certificate/wrong-host',
    'client/idp-certificate/not-yet-valid',
    'client/idp-certificate/self-signed',
    'client/idp-certificate/expired-intermediate',
  ],
});
