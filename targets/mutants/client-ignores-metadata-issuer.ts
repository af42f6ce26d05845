import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkMetadata: (document, client) => {
    const text = JSON.stringify({ ...JSON.parse(document.text), issuer: client.wiring.issuer });
    return correct.checkMetadata({ ...document, text }, client);
  },
};

export default mutant('client-ignores-metadata-issuer', parts, {
  summary: 'uses the metadata of any issuer',
  caughtBy: [
    'client/discovery/issuer-other',
    'client/discovery/issuer-trailing-slash',
    'client/discovery/issuer-http',
    'client/discovery/issuer-missing',
    'client/discovery/issuer-of-other-tenant',
  ],
});
