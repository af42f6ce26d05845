import { Argument, type Command } from 'commander';

interface Row {
  readonly id: string;
  readonly [member: string]: unknown;
}

const kinds = ['scenarios', 'targets', 'causes', 'faults', 'suites'] as const;

export function addList(program: Command): void {
  program
    .command('list')
    .summary('show scenarios, targets, causes, faults or suites')
    .description('Lists what there is to run; all but the faults when nothing is named.')
    .addArgument(new Argument('[kind]', 'what to list').choices(kinds))
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file (default: failwell.config.ts)')
    .addHelpText('after', '\nExamples:\n  failwell list\n  failwell list scenarios --json\n  failwell list faults')
    .action(async (kind: (typeof kinds)[number] | undefined, flags: { json?: true; config?: string }) => {
      const wanted = kind === undefined ? kinds.filter((one) => one !== 'faults') : [kind];
      const lists: Record<string, readonly Row[]> = {};
      for (const one of wanted) lists[one] = await rows(one, flags.config);
      if (flags.json) {
        console.log(JSON.stringify(kind === undefined ? lists : lists[kind], null, 2));
        return;
      }
      for (const [name, items] of Object.entries(lists)) {
        console.log(`${name} (${items.length})`);
        if (name === 'faults') showByPlace(items);
        else show(items, '  ');
        console.log('');
      }
    });
}

function show(items: readonly Row[], indent: string): void {
  const width = Math.max(...items.map(({ id }) => id.length));
  for (const { id, summary } of items) console.log(`${indent}${id.padEnd(width)}  ${String(summary)}`);
}

/** Faults under their layer and seam, the ones of the mock IdP before those of the wires. */
function showByPlace(faults: readonly Row[]): void {
  const onWire = ({ seam }: Row) => String(seam).startsWith('link/');
  const places = Map.groupBy(
    [...faults.filter((fault) => !onWire(fault)), ...faults.filter(onWire)],
    ({ layer, seam }) => `${layer}: ${seam}`,
  );
  for (const [place, items] of places) {
    console.log(`\n  ${place} (${items.length})`);
    show(
      items.map(({ id, summary, cause }) => ({ id, summary: `${summary} [${cause}]` })),
      '    ',
    );
  }
}

async function rows(kind: (typeof kinds)[number], config: string | undefined): Promise<readonly Row[]> {
  switch (kind) {
    case 'causes': {
      const { causes } = await import('../model/causes.ts');
      return causes.map(({ id, breaks, roles, namedBy }) => ({ id, summary: breaks, roles, namedBy }));
    }
    case 'suites': {
      const { suites } = await import('../../suites/index.ts');
      return suites.map(({ id, summary }) => ({ id, summary }));
    }
    case 'faults': {
      const { faults } = await import('../../mocks/faults/all.ts');
      return faults.map(({ id, layer, seam, cause, summary }) => ({ id, summary, layer, seam, cause }));
    }
    case 'targets': {
      const { loadTargets } = await import('../catalogue.ts');
      const targets = await loadTargets(process.cwd(), config);
      return targets.map(({ id, role, summary, capabilities }) => ({ id, summary, role, capabilities }));
    }
    case 'scenarios': {
      const { listScenarios } = await import('../catalogue.ts');
      return (await listScenarios(process.cwd(), config)).map((one) => ({ ...one }));
    }
  }
}
