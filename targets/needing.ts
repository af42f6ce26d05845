import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FailwellError } from '../harness/model/error.ts';
import type { ClientWiring, Driver } from '../harness/model/target.ts';

const run = promisify(execFile);

/**
 * A driver whose target needs something of this machine: there when a command ends well.
 * @param otherwise says what is missing and where to get it, in a sentence without its full stop
 */
export function needing(
  driver: Driver<ClientWiring>,
  [command, ...args]: readonly [string, ...string[]],
  otherwise: string,
): Driver<ClientWiring> {
  const lacks = () =>
    run(command, args).then(
      () => undefined,
      () => otherwise,
    );
  return {
    ...driver,
    lacks,
    async start(wiring, io) {
      const missing = await lacks();
      if (missing !== undefined) throw new FailwellError('target-not-ready', `${missing}.`);
      return await driver.start(wiring, io);
    },
  };
}
