import { failwell } from '../harness/vitest.ts';

// The reference must pass everything that ships; real packages are judged by `failwell run`.
// The page that a browser runs is held to its own scenarios in the matrix of mutants.
await failwell({
  targets: ['reference/gateway', 'reference/client', 'reference/idp', 'chain/reference*'],
  suite: 'full',
});
