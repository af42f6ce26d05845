import type { StartedTestContainer } from 'testcontainers';

/** Where libfaketime reads how far the clock is off (its README, "Using configuration files"). */
const file = '/etc/faketimerc';

/** Debian's libfaketime, in its build for programs with threads. */
const library = (architecture: string) => `/usr/lib/${architecture}-linux-gnu/faketime/libfaketimeMT.so.1`;

const architectures: { readonly [node: string]: string } = { x64: 'x86_64', arm64: 'aarch64' };

/** The environment of a program whose clock is to be moved while it runs: its deadlines stay true. */
export function clockEnvironment(): Record<string, string> {
  return {
    LD_PRELOAD: library(architectures[process.arch] ?? process.arch),
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // What it does for an old glibc without being asked lets Java's waits end at once: https://github.com/wolfcw/libfaketime/issues/425.
    FAKETIME_FORCE_MONOTONIC_FIX: '0',
  };
}

/** The file that says how far a clock is off. */
export function clockFile(milliseconds: number): { readonly target: string; readonly content: string } {
  const sign = milliseconds < 0 ? '-' : '+';
  return { target: file, content: `${sign}${Math.abs(milliseconds) / 1000}\n` };
}

/** Moves the clock of a running container. */
export async function moveClock(container: StartedTestContainer, milliseconds: number): Promise<void> {
  await container.copyContentToContainer([clockFile(milliseconds)]);
}
