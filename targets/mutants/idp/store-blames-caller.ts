import { idpWithStore } from '../../reference/idp-with-store/variant.ts';

const summary = 'The mock IdP with a store, but it calls the request invalid when its database is away';

export default {
  ...idpWithStore('mutant/idp/store-blames-caller', summary, {
    failed: () => ({
      status: 400,
      headers: [['content-type', 'application/json']],
      body: Buffer.from('{"error":"invalid_request"}'),
    }),
  }),
  flaw: {
    summary: 'calls the request invalid when its database is away',
    caughtBy: ['idp/store/stream-reset', 'idp/store/stream-closes'],
  },
};
