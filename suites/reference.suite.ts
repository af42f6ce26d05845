import { failwell } from '../harness/vitest.ts';

// The reference must pass everything that ships; real packages are judged by `failwell run`.
await failwell({ targets: ['reference/*', 'chain/*'], suite: 'full' });
