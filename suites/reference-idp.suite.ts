import { failwell } from '../harness/vitest.ts';

await failwell({ targets: ['reference/idp'], suite: 'full', strict: true });
await failwell({ targets: ['reference/idp-with-store'], scenarios: ['idp/store'], strict: true });
