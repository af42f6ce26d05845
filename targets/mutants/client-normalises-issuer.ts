import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkResponseIssuer: (response, metadata, client) => {
    const iss = response.get('iss');
    if (iss === undefined || new URL(iss).host !== new URL(client.wiring.issuer).host) {
      correct.checkResponseIssuer(response, metadata, client);
    }
  },
};

export default mutant('client-normalises-issuer', parts, {
  summary: 'looks only at the host of iss in an authorization response',
  caughtBy: [
    'client/response-issuer/trailing-slash',
    'client/response-issuer/case',
    'client/response-issuer/dot-segment',
  ],
});
