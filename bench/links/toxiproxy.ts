import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const module = 'github.com/Shopify/toxiproxy/v2/cmd/server@latest';

/** A toxiproxy in front of a server, built from its module; or why there is none. */
export async function startToxiproxy(upstream: string): Promise<({ readonly url: string } & AsyncDisposable) | string> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-toxiproxy-'));
  const clean = () => rm(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)('go', ['install', module], { env: { ...process.env, GOBIN: folder }, timeout: 300_000 });
  } catch (problem) {
    await clean();
    const { code, message } = problem as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? 'there is no Go here'
      : `go install ${module} failed: ${message.split('\n')[1] ?? message}`;
  }
  const port = await freePort();
  const child = spawn(join(folder, 'server'), ['-host', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  const stop = async () => {
    await stopped(child);
    await clean();
  };
  try {
    const { listen } = await proxy(`http://127.0.0.1:${port}/proxies`, new URL(upstream).host);
    return { url: `http://${listen}`, [Symbol.asyncDispose]: stop };
  } catch (problem) {
    await stop();
    return `it did not start: ${problem}`;
  }
}

/** Asks until it answers: it does not tell when it is up. */
async function proxy(api: string, upstream: string): Promise<{ readonly listen: string }> {
  const body = JSON.stringify({ name: 'bench', listen: '127.0.0.1:0', upstream, enabled: true });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(api, { method: 'POST', body });
      if (answer.status !== 201) throw new Error(await answer.text());
      return (await answer.json()) as { listen: string };
    } catch (problem) {
      if (attempt === 100) throw problem;
      await pause(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
