import { expect, test } from 'vitest';
import { filesOf, importsOf } from './imports.ts';

/**
 * The house: what each part may import, itself aside. Type imports count. A part is a folder, or a file that stands by
 * itself; a file belongs to the longest part that its path begins with.
 */
const may: { readonly [part: string]: readonly string[] } = {
  'harness/model/': [],
  'harness/record/': ['harness/model/'],
  'harness/oracles/': ['harness/model/'],
  'harness/judge/': ['harness/model/'],
  'harness/requirements/': ['harness/model/'],
  'harness/drivers/': ['harness/model/'],
  'harness/config/': ['harness/model/'],
  'harness/random.ts': ['harness/model/'],
  'harness/time-limit.ts': [],
  'harness/define.ts': ['harness/model/'],
  'harness/version.ts': [],
  'harness/run/': ['harness/model/', 'harness/judge/', 'harness/time-limit.ts'],
  'mocks/api/': ['harness/model/'],
  'mocks/clock/': ['harness/model/'],
  'mocks/pki/': ['harness/model/'],
  'mocks/links/': ['harness/model/', 'mocks/schedule/'],
  'mocks/dns/': ['harness/model/', 'mocks/links/'],
  'mocks/forge/': ['harness/model/'],
  'mocks/schedule/': ['harness/model/'],
  'mocks/idp/': ['harness/model/', 'mocks/forge/', 'mocks/pki/', 'mocks/schedule/'],
  'mocks/faults/': ['harness/model/', 'mocks/forge/', 'mocks/idp/'],
  'harness/stage/': [
    'harness/model/',
    'harness/drivers/',
    'harness/time-limit.ts',
    'harness/record/',
    'mocks/api/',
    'mocks/clock/',
    'mocks/dns/',
    'mocks/forge/',
    'mocks/idp/',
    'mocks/links/',
    'mocks/pki/',
  ],
  'mocks/alone/': [
    'harness/model/',
    'mocks/clock/',
    'mocks/dns/',
    'mocks/forge/',
    'mocks/idp/',
    'mocks/links/',
    'mocks/pki/',
  ],
  'scenarios/': ['harness/model/', 'harness/oracles/', 'harness/requirements/', 'mocks/faults/'],
  'suites/index.ts': ['harness/model/'],
  'reports/': ['harness/model/'],
  // Lets the references of all roles run as processes.
  'targets/reference/process/': ['harness/model/', 'harness/drivers/'],
  'targets/reference/gateway/': [
    'harness/model/',
    'harness/define.ts',
    'harness/drivers/',
    'targets/reference/process/',
  ],
  // It keeps keys, fetches documents and verifies signatures as the gateway does.
  'targets/reference/client/': [
    'harness/model/',
    'harness/define.ts',
    'harness/drivers/',
    'targets/reference/gateway/',
    'targets/reference/process/',
  ],
  'targets/reference/single-page/': ['harness/model/', 'harness/define.ts', 'harness/drivers/'],
  'targets/reference/idp-with-store/': [
    'harness/model/',
    'harness/define.ts',
    'harness/drivers/',
    'targets/reference/idp/',
  ],
  // The mock IdP is its own reference.
  'targets/reference/idp/': [
    'harness/model/',
    'harness/random.ts',
    'harness/define.ts',
    'harness/drivers/',
    'mocks/idp/',
    'mocks/links/',
    'targets/reference/process/',
  ],
  'targets/chain/': [
    'harness/model/',
    'harness/drivers/',
    'targets/reference/client/',
    'targets/reference/gateway/',
    'targets/',
  ],
  'targets/mutants/': [
    'harness/model/',
    'targets/chain/',
    'mocks/faults/',
    'targets/reference/client/',
    'targets/reference/gateway/',
    'targets/reference/idp/',
    'targets/reference/idp-with-store/',
    'targets/reference/process/',
    'targets/reference/single-page/',
  ],
  // Real packages, each vendor's in a folder of its own.
  'targets/': ['harness/model/', 'harness/define.ts', 'harness/drivers/'],
  // From here on: what ties the parts together.
  'harness/catalogue.ts': [
    'harness/model/',
    'harness/config/',
    'harness/drivers/',
    'harness/run/',
    'harness/stage/',
    'scenarios/',
    'suites/index.ts',
    'targets/reference/client/',
    'targets/reference/gateway/',
  ],
  'harness/compose.ts': [
    'harness/catalogue.ts',
    'harness/model/',
    'harness/record/',
    'harness/judge/',
    'harness/run/',
    'harness/stage/',
    'harness/random.ts',
    'harness/version.ts',
    'reports/',
  ],
  'harness/admin/': [
    'harness/model/',
    'harness/record/',
    'harness/run/',
    'harness/version.ts',
    'mocks/alone/',
    'mocks/faults/',
    'mocks/idp/',
  ],
  'harness/learn/': ['harness/model/', 'harness/config/', 'harness/stage/'],
  'harness/idp.ts': ['harness/admin/', 'harness/model/', 'harness/random.ts', 'mocks/alone/', 'mocks/idp/'],
  'harness/proxy/': ['harness/model/', 'harness/record/', 'harness/version.ts', 'reports/'],
  'harness/proxy.ts': ['harness/admin/', 'harness/model/', 'harness/proxy/', 'harness/random.ts', 'mocks/alone/'],
  'harness/render.ts': ['harness/model/', 'harness/compose.ts', 'harness/record/', 'harness/run/', 'reports/'],
  'harness/commands/': [
    'harness/catalogue.ts',
    'harness/admin/',
    'harness/compose.ts',
    'harness/config/',
    'harness/drivers/',
    'harness/idp.ts',
    'harness/learn/',
    'harness/proxy.ts',
    'harness/render.ts',
    'harness/model/',
    'harness/run/',
    'harness/stage/',
    'mocks/faults/',
    'suites/index.ts',
  ],
  'harness/cli.ts': ['harness/commands/', 'harness/model/', 'harness/version.ts'],
  'harness/vitest.ts': [
    'harness/catalogue.ts',
    'harness/compose.ts',
    'harness/model/',
    'harness/judge/',
    'harness/run/',
    'harness/stage/',
  ],
  'harness/index.ts': [
    'harness/model/',
    'harness/oracles/',
    'harness/requirements/',
    'harness/drivers/',
    'harness/config/',
    'harness/define.ts',
    'mocks/faults/',
    'scenarios/',
  ],
  'suites/': ['harness/vitest.ts'],
};

/** Who may import which of the packages that ship; Node's own modules are everybody's but the scenarios'. */
const packages: { readonly [name: string]: readonly string[] } = {
  zod: ['harness/admin/', 'harness/record/', 'harness/config/'],
  commander: ['harness/cli.ts', 'harness/commands/'],
  'pure-rand': ['harness/random.ts'],
  vitest: ['harness/vitest.ts'],
  jose: ['mocks/forge/', 'mocks/idp/'],
  '@faker-js/faker': ['mocks/alone/'],
  '@peculiar/x509': ['mocks/pki/'],
  'reflect-metadata': ['mocks/pki/'],
  testcontainers: ['harness/drivers/'],
  'playwright-core': ['harness/drivers/', 'harness/learn/', 'harness/stage/'],
  'tough-cookie': ['harness/stage/'],
  parse5: ['harness/stage/'],
  undici: ['mocks/links/', 'targets/reference/client/', 'targets/reference/gateway/', 'targets/mutants/'],
};

const parts = Object.keys(may).sort((one, other) => other.length - one.length);
const partOf = (file: string) => parts.find((part) => file.startsWith(part));

const code = ['harness/**/*.ts', 'mocks/**/*.ts', 'scenarios/**/*.ts', 'reports/**/*.ts', 'suites/*.ts'];
const files = filesOf(...code, 'targets/**/*.ts');
const imports = importsOf(...code, 'targets/**/*.ts');

test('every file belongs to a part of the house', () => {
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => partOf(file) === undefined)).toEqual([]);
});

test('every relative import leads to a file', () => {
  const there = new Set(files);
  expect(imports.filter(({ to, relative }) => relative && !there.has(to))).toEqual([]);
});

test('each part imports only what it may', () => {
  const wrong = imports.filter(({ from, to, relative }) => {
    const [part, other] = [partOf(from), partOf(to)];
    return relative && other !== part && !(part && other && may[part]?.includes(other));
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('each part imports all that it may', () => {
  const used = new Set(imports.map(({ from, to }) => `${partOf(from)} → ${partOf(to)}`));
  const allowed = parts.flatMap((part) => (may[part] ?? []).map((other) => `${part} → ${other}`));
  expect(allowed.filter((direction) => !used.has(direction))).toEqual([]);
});

test('no part imports itself in a circle', () => {
  const circles: string[] = [];
  const walk = (part: string, path: readonly string[]): void => {
    if (path.includes(part)) circles.push([...path, part].join(' → '));
    else for (const next of may[part] ?? []) walk(next, [...path, part]);
  };
  for (const part of parts) walk(part, []);
  expect(circles).toEqual([]);
});

test('each part imports only the packages that it may', () => {
  const wrong = imports.filter(({ from, to, relative }) => {
    const part = partOf(from) as string;
    if (relative || part === 'targets/') return false;
    if (to.startsWith('node:')) return part === 'scenarios/';
    const name = Object.keys(packages).find((each) => to === each || to.startsWith(`${each}/`));
    return name === undefined || !packages[name]?.includes(part);
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('nothing that ships imports a test', () => {
  expect(imports.filter(({ to }) => to.startsWith('test/'))).toEqual([]);
});
