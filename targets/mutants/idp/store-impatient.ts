import { mannerly } from '../../reference/idp-with-store/journal.ts';
import { idpWithStore } from '../../reference/idp-with-store/variant.ts';

export default {
  ...idpWithStore(
    'mutant/idp/store-impatient',
    'The mock IdP with a store, but it gives its database eighty milliseconds',
    { manners: { ...mannerly, deadline: 80 } },
  ),
  flaw: {
    summary: 'gives its database eighty milliseconds',
    caughtBy: ['idp/store/latency'],
  },
};
