import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grade } from '../../harness/judge/grade.ts';
import { builtIn, createLexicon, type Phrases } from '../../harness/judge/lexicon/lexicon.ts';
import { causes } from '../../harness/model/causes.ts';

const known = new Set(causes.map(({ id }) => id));

test('every cause has words, and every word its cause', () => {
  expect(builtIn.map(({ cause }) => cause).toSorted()).toEqual([...known].toSorted());
});

test('cause ids are unique, and each says what breaks, for whom, and how it is named', () => {
  expect(known.size).toBe(causes.length);
  for (const { id, breaks, namedBy, roles } of causes) {
    expect(id).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(breaks.length, id).toBeGreaterThan(20);
    expect(namedBy.length, id).toBeGreaterThan(5);
    expect(roles.length, id).toBeGreaterThan(0);
  }
});

test('neighbours are causes', () => {
  for (const { cause, near = [] } of builtIn) {
    for (const other of near) expect(known.has(other) && other !== cause, `${cause}: ${other}`).toBe(true);
  }
});

const phrases = builtIn.flatMap(({ cause, caller, operator, ...shared }) =>
  ([shared, caller, operator] as readonly (Phrases | undefined)[]).flatMap((one) =>
    [...(one?.values ?? []), ...(one?.names ?? []), ...(one?.class ?? [])].map((pattern) => ({ cause, pattern })),
  ),
);

test('patterns have no flags, as case never matters, and no unbounded repetition', () => {
  for (const { cause, pattern } of phrases) {
    expect(pattern.flags.replace('i', ''), `${cause}: ${pattern}`).toBe('');
    const bare = pattern.source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_');
    expect(bare, `${cause}: ${pattern}`).not.toMatch(/[*]|\{\d+,\}/);
    // A plus may follow a digit or word class only.
    expect(pattern.source.replace(/\\[dw]\+/g, ''), `${cause}: ${pattern}`).not.toMatch(/(?<!\\)\+/);
  }
});

test('no pattern matches nothing', () => {
  for (const { cause, pattern } of phrases) expect(pattern.test(''), `${cause}: ${pattern}`).toBe(false);
});

const lexicon = createLexicon();
const slowest = (text: string): number => {
  const began = performance.now();
  grade({ cause: 'request/encoding', audience: 'operator', texts: [text], lexicon });
  return performance.now() - began;
};

const words = [
  ...[
    'token ',
    'jwt ',
    'signature ',
    'expired',
    'exp nbf iat ',
    'now ',
    'https://127.0.0.1:4001/jwks ',
    'is "x" ',
    'key ',
  ],
  ...[
    'kid ',
    'no ',
    'audience ',
    'issuer ',
    'certificate of 1.1.1.1:1 ',
    'introspection ',
    'scope="',
    'upstream ',
    '\\n',
  ],
  ...[
    '    at x (y:1:1)\n',
    '/items/',
    '&lt;',
    '\u001b[1',
    'node_modules/',
    '127.0.0.1:4001 ',
    'status 404 ',
    'base64 ',
    'a',
    ' ',
  ],
];

test.each(words)('a long line of %j is read in bounded time', (word) => {
  const text = word.repeat(Math.ceil(65_536 / word.length));
  slowest(text);
  expect(slowest(text)).toBeLessThan(1_000);
});

test('no mixture of words makes it slow', () => {
  const mixture = fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(mixture, (some) => {
      const unit = some.join('');
      expect(slowest(unit.repeat(Math.ceil(8_192 / unit.length)))).toBeLessThan(1_000);
    }),
    { numRuns: 60 },
  );
});
