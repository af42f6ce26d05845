import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harFileName } from '../../reports/har/file-name.ts';

test('plain ids stay readable', () => {
  expect(harFileName('gateway/token-expired/by-1d', 'node/express-jwt')).toBe(
    'gateway_token-expired_by-1d@node_express-jwt.har',
  );
});

const odd = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', 'A', '.', '/', '@', '-', '_', '\\', '\0', 'é') }),
);

test('any ids make a name that every file system takes, which leads nowhere else', () => {
  fc.assert(
    fc.property(odd, odd, (scenario, target) => {
      const name = harFileName(scenario, target);
      expect(name).toMatch(/^[\w@+][\w@+-]*\.har$/);
      expect(name.length).toBeLessThan(220);
    }),
    {
      examples: [
        ['../../etc/passwd', 'x'],
        ['x'.repeat(9_000), 'y'],
        ['', ''],
        ['-', 'a'],
      ],
    },
  );
});

test('no two pairs share a name, in whatever case it is kept', () => {
  fc.assert(
    fc.property(odd, odd, odd, odd, (a, b, c, d) => {
      fc.pre(a !== c || b !== d);
      expect(harFileName(a, b).toLowerCase()).not.toBe(harFileName(c, d).toLowerCase());
    }),
    {
      examples: [
        ['a/b', 'c', 'a_b', 'c'],
        ['a@b', 'c', 'a', 'b@c'],
        ['a', 'b', 'A', 'b'],
      ],
    },
  );
});
