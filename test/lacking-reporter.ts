import type { Reporter, TestModule } from 'vitest/node';

/** A vitest reporter: at the end, a counted list of what the machine lacked, from the reasons `needing` left. */
export default class LackingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = new Map<string, number>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        for (const need of test.meta().lacks ?? []) skipped.set(need, (skipped.get(need) ?? 0) + 1);
      }
    }
    const lines = [...skipped].map(([need, n]) => `lacked: ${need} (${n} ${n === 1 ? 'test' : 'tests'} skipped)\n`);
    if (lines.length > 0) process.stdout.write(`\n${lines.join('')}`);
  }
}
