import { decisionUnauthorizedClient } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

const always = decisionUnauthorizedClient();
const ofPublicClients: typeof always = {
  ...always,
  apply: (decision, random) => (decision.client === 'failwell-native' ? always.apply(decision, random) : decision),
};

export default mutant('refuses-public-clients', [ofPublicClients], {
  summary: 'says unauthorized_client to every public client',
  caughtBy: ['idp/redirect-uri-native/any-port'],
});
