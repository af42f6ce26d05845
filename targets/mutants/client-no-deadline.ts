import { Agent } from 'undici';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    const { ca, names } = client.wiring;
    const connect = { ca: ca.pem, timeout: 0, ...(names && { lookup: names.lookup }) };
    const patient = new Agent({ allowH2: false, connect, headersTimeout: 0, bodyTimeout: 0 });
    const leave = () => void patient.destroy();
    client.stopped.addEventListener('abort', leave);
    try {
      return await correct.fetchDocument(
        { ...client, agent: patient },
        { ...question, until: performance.now() + 86_400_000 },
      );
    } finally {
      client.stopped.removeEventListener('abort', leave);
      leave();
    }
  },
};

export default mutant('client-no-deadline', parts, {
  summary: 'waits for the IdP without a deadline',
  caughtBy: [
    'client/network/answer-hangs',
    'client/network/answer-stalls',
    'client/gives-up/connection',
    'client/gives-up/token-endpoint',
  ],
});
