import type { Instruction } from '../../../harness/model/client.ts';
import { shown } from '../gateway/text.ts';
import type { Failure } from './failure.ts';
import type { Client } from './parts.ts';

/** The log line of an instruction: what was to be done, and why it was not. No token, no code and no secret. */
export function explain(instruction: Instruction, failure: Failure | undefined): string | undefined {
  // Nothing has happened yet when a user has only been sent to the IdP.
  if (failure === undefined && instruction.do === 'begin-login') return undefined;
  const path = 'call' in instruction ? ` call=${new URL(instruction.call).pathname}` : '';
  const line = `level=${failure === undefined ? 'info' : 'warn'} do=${instruction.do} session=${shown(instruction.session)}${path}`;
  if (failure === undefined) return line;
  const { code, because } = failure.facts;
  return `${line} error=${code} cause="${because}"`;
}

/** Prints a line. */
export function write(client: Client, line: string): void {
  client.log('stdout', line);
}
