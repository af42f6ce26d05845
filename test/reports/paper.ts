import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter, RunEvent } from '../../harness/model/event.ts';

/** A stream that remembers. */
export function paper() {
  let text = '';
  return { write: (more: string) => (text += more), text: () => text };
}

/** A folder of its own for one test, gone after it. */
export function folder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'failwell-reports-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Gives the events to the reporter and disposes it. */
export async function tell(reporter: Reporter, events: readonly RunEvent[]): Promise<void> {
  for (const event of events) await reporter.on(event);
  await reporter[Symbol.asyncDispose]();
}
