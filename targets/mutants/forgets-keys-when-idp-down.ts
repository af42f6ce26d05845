import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  keepKeys: (gateway) => {
    const fetched = () => gateway.parts.fetchKeys(gateway);
    return { current: fetched, refreshed: fetched };
  },
};

export default mutant('forgets-keys-when-idp-down', parts, {
  summary: 'keeps no keys: it fetches them for every token, and refuses everybody while the IdP is down',
  caughtBy: [
    'gateway/jwks-unreachable/warm-refused',
    'gateway/jwks-unreachable/warm-500',
    'gateway/names/warm-nxdomain',
  ],
});
