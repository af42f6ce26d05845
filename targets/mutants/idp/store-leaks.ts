import { idpWithStore } from '../../reference/idp-with-store/variant.ts';

export default {
  ...idpWithStore(
    'mutant/idp/store-leaks',
    'The mock IdP with a store, but it tells its callers where its database is',
    {
      failed: (error, { host, port }) => ({
        status: 500,
        headers: [['content-type', 'text/plain']],
        body: Buffer.from(`postgres://${host}:${port}: ${error.message}`),
      }),
    },
  ),
  flaw: {
    summary: 'tells its callers where its database is',
    caughtBy: [
      'idp/store/refused',
      'idp/store/connection-reset',
      'idp/store/hangs',
      'idp/store/stream-reset',
      'idp/store/stream-closes',
      'idp/store/stream-stalls',
    ],
  },
};
