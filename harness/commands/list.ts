import { Argument, type Command } from 'commander';
import { FailwellError } from '../model/error.ts';
import { several } from './values.ts';

interface Row {
  readonly id: string;
  readonly [member: string]: unknown;
}

const kinds = ['scenarios', 'targets', 'causes', 'faults', 'suites'] as const;
type Kind = (typeof kinds)[number];

/** What each filter is about. */
const about = {
  suite: ['scenarios'],
  id: kinds,
  cause: ['scenarios', 'faults'],
  role: ['scenarios', 'targets', 'causes'],
  needs: ['scenarios'],
  layer: ['faults'],
  seam: ['faults'],
} as const satisfies { readonly [filter: string]: readonly Kind[] };

interface Flags {
  readonly suite?: string;
  readonly id?: readonly string[];
  readonly cause?: readonly string[];
  readonly role?: readonly string[];
  readonly needs?: readonly string[];
  readonly layer?: readonly string[];
  readonly seam?: readonly string[];
  readonly json?: true;
  readonly config?: string;
}

function misfit(kind: Kind | undefined, asked: readonly (readonly [string, readonly Kind[]])[]): string {
  const each = asked.map(([filter, of]) => `--${filter} is about ${of.join(' and ')}`).join(', ');
  return kind === undefined
    ? `Nothing is chosen by all of these filters (${each}): leave one out.`
    : `'failwell list ${kind}' cannot be filtered so (${each}): leave that out, or name another kind.`;
}

/** The rows that all filters let through. Throws a `usage` error when one of them matches nothing at all. */
async function filtered(all: readonly Row[], kind: Kind, flags: Flags): Promise<readonly Row[]> {
  const { chosen } = await import('../run/plan.ts');
  const { suite, id, cause, role, needs, layer, seam } = flags;
  const of = (member: string) => (row: Row) => [row[member] ?? []].flat().map(String);
  const filters: readonly (readonly [readonly string[] | undefined, string, (row: Row) => readonly string[]])[] = [
    [id, kind.replace(/s$/, ''), ({ id: own }) => [own]],
    [cause, 'cause', kind === 'causes' ? ({ id: own }) => [own] : of('cause')],
    [role, 'role', kind === 'causes' ? of('roles') : of('role')],
    [needs, 'capability', of('needs')],
    [layer, 'layer', of('layer')],
    [seam, 'seam', of('seam')],
  ];
  const inSuite = suite === undefined ? undefined : await idsOf(suite, flags.config);
  const rest = all.filter((row) => inSuite?.has(row.id) ?? true);
  const kept = filters.map(([patterns, what, ids]) => new Set(chosen(all, patterns, what, ids)));
  return rest.filter((row) => kept.every((one) => one.has(row)));
}

async function idsOf(suite: string, config: string | undefined): Promise<ReadonlySet<string>> {
  const { loadScenarios, suiteFilter } = await import('../catalogue.ts');
  const includes = suiteFilter(suite);
  const scenarios = await loadScenarios(process.cwd(), config);
  return new Set(scenarios.filter((scenario) => includes?.(scenario) ?? true).map(({ id }) => id));
}

export function addList(program: Command): void {
  program
    .command('list')
    .summary('show scenarios, targets, causes, faults or suites')
    .description('Lists what there is to run; all but the faults when nothing is named.')
    .addArgument(new Argument('[kind]', 'what to list').choices(kinds))
    .option('--suite <id>', 'only scenarios of this suite')
    .option('--id <id>', "only what is called so; '*' stands for anything; repeat for more", several)
    .option('-c, --cause <id>', 'only scenarios and faults of these causes', several)
    .option('--role <role>', 'only scenarios, targets and causes of these roles: client, gateway, idp, chain', several)
    .option('--needs <capability>', 'only scenarios that need these', several)
    .option('--layer <name>', 'only faults of these layers: dns, tcp, tls, http, document, token, flow, …', several)
    .option('--seam <name>', 'only faults on these seams: link/answer, id-token, …', several)
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file (default: failwell.config.ts)')
    .addHelpText(
      'after',
      `
A filter without a kind lists the kinds that it is about.

Examples:
  failwell list
  failwell list scenarios --suite quick --role idp
  failwell list scenarios -c 'token/*' --json
  failwell list faults --layer tls
  failwell list faults --seam 'link/*' -c 'idp/*'`,
    )
    .action(async (kind: Kind | undefined, flags: Flags) => {
      const asked = Object.entries(about).filter(([filter]) => flags[filter as keyof typeof about] !== undefined);
      const usual = asked.length === 0 ? kinds.filter((one) => one !== 'faults') : [...kinds];
      const wanted = (kind === undefined ? usual : [kind]).filter((one) =>
        asked.every(([, of]) => (of as readonly Kind[]).includes(one)),
      );
      if (wanted.length === 0) throw new FailwellError('usage', misfit(kind, asked));
      const lists: Record<string, readonly Row[]> = {};
      const nothing: unknown[] = [];
      for (const one of wanted) {
        // Of several kinds, one may have nothing of the sort.
        const some = filtered(await rows(one, flags.config), one, flags);
        lists[one] = await some.catch((error: unknown) => {
          nothing.push(error);
          return [];
        });
      }
      if (nothing.length === wanted.length) throw nothing[0];
      if (kind === undefined && asked.length > 0)
        for (const one of wanted) if (lists[one]?.length === 0) delete lists[one];
      if (flags.json) {
        console.log(JSON.stringify(kind === undefined ? lists : lists[kind], null, 2));
        return;
      }
      for (const [name, items] of Object.entries(lists)) {
        console.log(`${name} (${items.length})`);
        if (items.length === 0) console.log('  none');
        else if (name === 'faults') showByPlace(items);
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

async function rows(kind: Kind, config: string | undefined): Promise<readonly Row[]> {
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
