import { spawnSync } from 'node:child_process';
import { findBrowser, findProgram } from '../harness/drivers/browser/find.ts';

/** What this machine has that some tests need: the path of each, `undefined` where it is missing. */
export const machine = {
  browser: findBrowser(),
  openssl: findProgram('openssl'),
  curl: findProgram('curl'),
  podman: findProgram('podman'),
  python: findProgram('python3'),
  /** A JDK: it runs a program from its source, and keeps a trust store. */
  java: findProgram('javac') && findProgram('keytool') && findProgram('java'),
  /** Debian's store, and the right to have another one in its place for one command. */
  get debian() {
    debian ??= { may: spawnSync('unshare', ['-rm', 'update-ca-certificates', '--help']).status === 0 };
    return debian.may ? findProgram('update-ca-certificates') : undefined;
  },
  /** Whether a process can have a network and mounts of its own here: the program that gives it them. */
  get namespaces() {
    const probe = ['-rmn', 'sh', '-e', '-c', 'ip link set lo up; mount --bind /etc/hosts /etc/resolv.conf'];
    namespaces ??= { at: spawnSync('unshare', probe).status === 0 ? 'unshare' : undefined };
    return namespaces.at;
  },
  /** The socket or address of a container engine that answers. Asked when a test needs it. */
  get engine() {
    engine ??= { at: findEngine() };
    return engine.at;
  },
};

let namespaces: { readonly at: string | undefined } | undefined;
let debian: { readonly may: boolean } | undefined;
let engine: { readonly at: string | undefined } | undefined;

/** An engine where `DOCKER_HOST` leads, or at the usual sockets. */
function findEngine(): string | undefined {
  const { DOCKER_HOST, XDG_RUNTIME_DIR } = process.env;
  const sockets = ['/var/run/docker.sock', `${XDG_RUNTIME_DIR}/docker.sock`, `${XDG_RUNTIME_DIR}/podman/podman.sock`];
  const ping = `
    const [, at] = process.argv;
    const { hostname, port } = at.startsWith('/') ? {} : new URL(at);
    const where = at.startsWith('/') ? { socketPath: at } : { hostname, port };
    require('node:http')
      .get({ ...where, path: '/_ping', timeout: 2_000 }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
      .on('timeout', () => process.exit(1))
      .on('error', () => process.exit(1));`;
  return (DOCKER_HOST === undefined ? sockets : [DOCKER_HOST.replace('unix://', '')]).find(
    (at) => spawnSync(process.execPath, ['-e', ping, at]).status === 0,
  );
}

type Need = keyof typeof machine;

declare module 'vitest' {
  interface TaskMeta {
    /** What the machine lacks for this test. */
    lacks?: readonly string[];
  }
}

/**
 * Options for a test or a `describe` that needs these: `test('opens', needing('browser'), async () => …)`. Where one
 * is missing the test is skipped and says why, which `lacking-reporter.ts` counts. Throws instead, so that the file
 * fails, when `FAILWELL_REQUIRE` names it (`FAILWELL_REQUIRE=browser,openssl`).
 */
export function needing(...needs: Need[]): { skip: boolean; meta: { lacks: readonly string[] } } {
  const lacks = needs.filter((need) => machine[need] === undefined);
  const required = (process.env.FAILWELL_REQUIRE ?? '').split(',').map((name) => name.trim());
  const missing = lacks.find((need) => required.includes(need));
  if (missing !== undefined) {
    throw new Error(`FAILWELL_REQUIRE names ${missing}, but there is none: install it, or take it out.`);
  }
  return { skip: lacks.length > 0, meta: { lacks } };
}
