import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process that answers questions one at a time, as long as nobody disposes of it. */
export interface Child<Asked, Answer, Hello> extends AsyncDisposable {
  /** What it said when it was ready. */
  readonly hello: Hello;
  ask(question: Asked): Promise<Answer>;
}

/**
 * Starts a file of this folder in a process of its own and waits until it says that it is ready.
 * @param file `load.ts`
 */
export async function startChild<Asked, Answer, Hello>(
  file: string,
  args: readonly string[] = [],
): Promise<Child<Asked, Answer, Hello>> {
  const child = fork(new URL(file, import.meta.url), [...args], { execArgv: ['--expose-gc'] });
  const hello = (await said(child, file)) as Hello;
  return {
    hello,
    async ask(question) {
      child.send(question as object);
      return (await said(child, file)) as Answer;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** The next thing that the child says. Rejects when it ends instead. */
async function said(child: ChildProcess, file: string): Promise<unknown> {
  const ended = new AbortController();
  const end = (status: number | null) => ended.abort(new Error(`${file} has ended with exit code ${status}`));
  child.once('exit', end);
  try {
    const [message] = await once(child, 'message', { signal: ended.signal });
    return message;
  } catch (problem) {
    throw ended.signal.reason ?? problem;
  } finally {
    child.off('exit', end);
  }
}
