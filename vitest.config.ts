import { defineConfig } from 'vitest/config';

const always = ['**/node_modules/**', 'test/fixtures/**'];

export default defineConfig({
  test: {
    // Containers come last: browsers drop their connections when an interface of the machine comes or goes.
    projects: [
      {
        extends: true,
        test: {
          name: 'here',
          include: ['test/**/*.test.ts', 'suites/*.suite.ts'],
          exclude: [...always, 'test/containers/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'containers',
          include: ['test/containers/**/*.test.ts'],
          exclude: always,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The tests wait for children and sockets more than they compute, so every core may have one.
    maxWorkers: '100%',
    // What was lacking comes first, so that the output ends with the summary.
    reporters: ['./test/lacking-reporter.ts', 'default'],
  },
});
