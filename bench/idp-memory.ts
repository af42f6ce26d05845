import type { Figure } from './figures.ts';
import { startChild } from './idp/child.ts';
import { tokenLoad } from './idp/client.ts';
import type { Load, Loaded } from './idp/load.ts';
import type { AskedOfServer, Places, Used } from './idp/serving.ts';

/** Sessions that are open, and memory that the process then has from the system. Bytes. */
export interface OpenSessions {
  readonly open: number;
  readonly resident: number;
}

/** What the mock IdP takes up with as many users logged in as it holds sessions. */
export async function measureSessions(): Promise<Figure[]> {
  await using child = await startChild<never, never, OpenSessions>('sessions.ts');
  const { open, resident } = child.hello;
  const note = 'resident set of the whole process, Node included';
  return [{ name: `${open} open sessions`, value: resident / 1e6, unit: 'MB', limit: 150, note }];
}

/** How much more lives in the mock IdP after many tokens than after some. Takes minutes. */
export async function measureGrowth(): Promise<Figure[]> {
  const [some, many] = [20_000, 200_000];
  await using sender = await startChild<Load, Loaded, 'ready'>('load.ts');
  await using server = await startChild<AskedOfServer, Used, Places>('servers/failwell.ts', ['ES256']);
  const load = tokenLoad(server.hello);
  await sender.ask({ ...load, requests: some });
  const before = await server.ask('memory');
  await sender.ask({ ...load, requests: many - some });
  const after = await server.ask('memory');
  const resident = [before, after].map((used) => (used.resident / 1e6).toFixed(0)).join(' to ');
  const note = `live after a collection, from token ${some} to ${many}; resident set ${resident} MB`;
  return [{ name: 'growth of memory', value: (after.heap - before.heap) / 1e6, unit: 'MB', limit: 5, note }];
}
