import { mannerly } from '../../reference/idp-with-store/journal.ts';
import { idpWithStore } from '../../reference/idp-with-store/variant.ts';

export default {
  ...idpWithStore('mutant/idp/store-no-deadline', 'The mock IdP with a store, but it waits an hour for its database', {
    manners: { ...mannerly, deadline: 3_600_000 },
  }),
  flaw: {
    summary: 'waits an hour for its database',
    caughtBy: ['idp/store/hangs', 'idp/store/stream-stalls'],
  },
};
