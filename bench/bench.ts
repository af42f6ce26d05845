import { parseArgs } from 'node:util';
import { measureContainers } from './containers.ts';
import { type Figure, table } from './figures.ts';
import { measureIdp } from './idp.ts';
import { measureGrowth, measureSessions } from './idp-memory.ts';
import { measureFirstToken } from './idp-start-up.ts';
import { measureLinks } from './links.ts';
import { measureLinksMemory } from './links-memory.ts';
import { measureMemory } from './memory.ts';
import { measureShared } from './shared.ts';
import { measureStartUp } from './start-up.ts';

const measures: { readonly [name: string]: (rounds: number) => Figure[] | Promise<Figure[]> } = {
  shared: measureShared,
  'start-up': () => measureStartUp(15),
  memory: measureMemory,
  containers: measureContainers,
  idp: async (rounds) => [
    ...(await measureFirstToken(15)),
    ...(await measureSessions()),
    ...(await measureIdp(rounds)),
  ],
  'idp-memory': measureGrowth,
  links: measureLinks,
  'links-memory': measureLinksMemory,
};

const usage = `npm run bench -- [--only ${Object.keys(measures).join('|')}]... [--rounds 15] [--json]

Measures what Failwell adds to the requests that it sends, how fast it starts and how much memory it holds, and the mock
IdP and the links beside others. Prints figures and asserts nothing: they are the machine's as much as Failwell's. From
'memory' on each takes minutes, and the machine should have nothing else to do.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(measures) },
    rounds: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else {
  const figures: Figure[] = [];
  for (const name of values.only) {
    const taken = await measures[name]?.(Number(values.rounds));
    if (taken === undefined) throw new Error(`There is nothing to measure called '${name}'.\n${usage}`);
    figures.push(...taken);
  }
  console.log(values.json ? JSON.stringify(figures, null, 2) : table(figures));
}
