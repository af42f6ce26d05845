import type { Figure } from './figures.ts';
import { startChild } from './idp/child.ts';
import type { Load, Loaded } from './idp/load.ts';
import type { AskedOfServer, Used } from './idp/serving.ts';
import type { Poured, Pouring } from './links/pour.ts';
import type { Place } from './links.ts';

/** What is poured through, each way; and before, so that what any stream takes is there already. Bytes. */
const [little, much] = [64 * 1024 ** 2, 1024 ** 3];

/** How much more lives in a link after many exchanges than after some, and how much more a long body takes. */
export async function measureLinksMemory(): Promise<Figure[]> {
  const [some, many] = [20_000, 200_000];
  await using sender = await startChild<Load, Loaded, 'ready'>('load.ts');
  await using origin = await startChild<AskedOfServer, Used, Place>('../links/servers/origin.ts');
  await using link = await startChild<AskedOfServer, Used, Place>('../links/servers/failwell.ts', [origin.hello.url]);
  const load: Load = { url: `${link.hello.url}/jwks`, method: 'GET', headers: {}, body: '', connections: 16 };
  await sender.ask({ ...load, requests: some });
  const before = await link.ask('memory');
  await sender.ask({ ...load, requests: many - some });
  const after = await link.ask('memory');
  const resident = [before, after].map((used) => (used.resident / 1e6).toFixed(0)).join(' to ');
  const figures: Figure[] = [
    {
      name: 'growth of memory',
      value: (after.heap - before.heap) / 1e6,
      unit: 'MB',
      limit: 5,
      note: `live after a collection, from exchange ${some} to ${many}; resident set ${resident} MB`,
    },
  ];

  await using pourer = await startChild<Pouring, Poured, 'ready'>('../links/pour.ts');
  for (const way of ['down', 'up'] as const) {
    await pourer.ask({ url: link.hello.url, way, bytes: little });
    const was = await link.ask('memory');
    const { bytes, milliseconds } = await pourer.ask({ url: link.hello.url, way, bytes: much });
    if (bytes !== much) throw new Error(`${bytes} of ${much} bytes came through`);
    const { peak, resident } = await link.ask('usage');
    const pace = (bytes / 1e3 / milliseconds).toFixed(0);
    figures.push({
      name: `1 GiB ${way}: more than 64 MiB took`,
      value: Math.max(0, peak - Math.max(was.peak, was.resident)) / 1e6,
      unit: 'MB',
      limit: 32,
      note: `resident set ${(was.resident / 1e6).toFixed(0)} to ${(resident / 1e6).toFixed(0)} MB, peak ${(peak / 1e6).toFixed(0)} MB; ${pace} MB/s`,
    });
  }
  return figures;
}
