import { parseArgs } from 'node:util';
import { type Figure, table } from './figures.ts';
import { measureMemory } from './memory.ts';
import { measureShared } from './shared.ts';
import { measureStartUp } from './start-up.ts';

const usage = `npm run bench -- [--only shared|start-up|memory]... [--rounds 15] [--json]

Measures what Failwell adds to the requests that it sends, how fast it starts and how much memory it holds. Prints
figures and asserts nothing: they are the machine's as much as Failwell's. 'memory' takes minutes.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: ['shared', 'start-up', 'memory'] },
    rounds: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else {
  const rounds = Number(values.rounds);
  const measures: { readonly [name: string]: () => Figure[] | Promise<Figure[]> } = {
    shared: () => measureShared(rounds),
    'start-up': () => measureStartUp(15),
    memory: measureMemory,
  };
  const figures: Figure[] = [];
  for (const name of values.only) {
    const taken = await measures[name]?.();
    if (taken === undefined) throw new Error(`There is nothing to measure called '${name}'.\n${usage}`);
    figures.push(...taken);
  }
  console.log(values.json ? JSON.stringify(figures, null, 2) : table(figures));
}
