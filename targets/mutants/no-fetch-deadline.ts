import { Agent } from 'undici';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    const { ca, names } = gateway.wiring;
    const patient = new Agent({
      allowH2: false,
      connect: { ca: ca.pem, timeout: 0, ...(names && { lookup: names.lookup }) },
      headersTimeout: 0,
    });
    const leave = () => void patient.destroy();
    gateway.stopped.addEventListener('abort', leave);
    try {
      return await correct.fetchDocument(
        { ...gateway, agent: patient },
        { ...question, until: performance.now() + 86_400_000 },
      );
    } finally {
      gateway.stopped.removeEventListener('abort', leave);
      leave();
    }
  },
};

export default mutant('no-fetch-deadline', parts, {
  summary: 'waits for the IdP without a deadline',
  caughtBy: [
    'gateway/jwks-unreachable/hangs',
    'gateway/introspection/hangs',
    'gateway/gives-up/keys',
    'gateway/gives-up/introspection',
  ],
});
