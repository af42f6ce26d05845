import { failwell } from '../harness/vitest.ts';

await failwell({ targets: ['reference/client', 'chain/reference*'], suite: 'full', strict: true });
