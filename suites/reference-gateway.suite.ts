import { failwell } from '../harness/vitest.ts';

// The references must pass everything that ships, without a remark; real packages are judged by `failwell run`.
// The page that a browser runs is held to its own scenarios in the matrix of mutants.
await failwell({ targets: ['reference/gateway'], suite: 'full', strict: true });
