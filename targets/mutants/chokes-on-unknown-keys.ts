import { unusable } from '../reference/gateway/fetch.ts';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchKeys: async (gateway) => {
    const set = await correct.fetchKeys(gateway);
    const [defect] = set.defects;
    if (defect === undefined) return set;
    throw unusable({ what: 'JWKS', url: set.url, until: 0 }, `has a key that is no use: ${defect.problem}`);
  },
};

export default mutant('chokes-on-unknown-keys', parts, {
  summary: 'throws a whole JWK Set away for one key that it does not understand',
  caughtBy: ['gateway/jwks-document/unknown-key-type'],
});
