import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'suites/*.suite.ts'],
    exclude: ['**/node_modules/**', 'test/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The tests wait for children and sockets more than they compute, so every core may have one.
    maxWorkers: '100%',
    // What was lacking comes first, so that the output ends with the summary.
    reporters: ['./test/lacking-reporter.ts', 'default'],
  },
});
