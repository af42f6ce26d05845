import { mannerly } from '../../reference/idp-with-store/journal.ts';
import { idpWithStore } from '../../reference/idp-with-store/variant.ts';

export default {
  ...idpWithStore(
    'mutant/idp/store-never-reconnects',
    'The mock IdP with a store, but it never connects to its database again',
    { manners: { ...mannerly, reconnects: false } },
  ),
  flaw: {
    summary: 'never connects to its database again',
    caughtBy: ['idp/store/refused', 'idp/store/connection-reset', 'idp/store/hangs'],
  },
};
