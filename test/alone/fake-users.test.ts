import { faker } from '@faker-js/faker/locale/en';
import { expect, test } from 'vitest';
import { fakeUsers } from '../../mocks/alone/fake-users.ts';
import { knownClaims } from '../../mocks/idp/sessions/users.ts';

test('the same seed makes the same people, however many are asked for', async () => {
  const many = await fakeUsers(300, 7);
  expect(await fakeUsers(20, 7)).toEqual(many.slice(0, 20));
  expect(await fakeUsers(1, 8)).not.toEqual(many.slice(0, 1));
  for (const member of ['sub', 'username'] as const)
    expect(new Set(many.map((user) => user[member])).size, member).toBe(many.length);
});

test('each has every standard claim, of its kind, and can be reached by nobody', async () => {
  for (const { sub, username, password, claims } of await fakeUsers(200, 1)) {
    expect(Object.keys({ sub, ...claims }).sort()).toEqual([...knownClaims].sort());
    expect(sub).toMatch(/^[\x21-\x7e]{1,255}$/);
    expect(username).toMatch(/^[a-z.]+\d*$/);
    expect(password).toHaveLength(12);
    expect(claims).toMatchObject({
      name: `${claims.given_name} ${claims.middle_name} ${claims.family_name}`,
      preferred_username: username,
      email: `${username}@example.com`,
      birthdate: expect.stringMatching(/^(19|20)\d\d-\d\d-\d\d$/),
      zoneinfo: expect.stringMatching(/^[A-Z]\w+(\/[\w-]+)+$/),
      phone_number: expect.stringMatching(/^\+1\d{3}55501\d\d$/),
      address: { formatted: expect.stringContaining('\n'), country: 'US' },
    });
    for (const url of [claims.profile, claims.picture, claims.website])
      expect(new URL(String(url)).hostname).toMatch(/(^|\.)example\.com$/);
    for (const flag of [claims.email_verified, claims.phone_number_verified]) expect(typeof flag).toBe('boolean');
    expect(Number.isInteger(claims.updated_at)).toBe(true);
  }
});

test('what the shared faker says next does not depend on ours', async () => {
  faker.seed(3);
  const alone = [faker.person.firstName(), faker.person.firstName()];
  faker.seed(3);
  const first = faker.person.firstName();
  await fakeUsers(5, 9);
  expect([first, faker.person.firstName()]).toEqual(alone);
});
