import type { faker } from '@faker-js/faker/locale/en';
import type { User } from '../idp/sessions/users.ts';

type Faker = typeof faker;

/**
 * People who do not exist, with all standard claims (OIDC Core §5.1). The same seed makes the same people in the same
 * order, however many are asked for. Nothing about them can reach anybody: their e-mail addresses and sites are of
 * RFC 2606, their telephone numbers of the block that is kept for fiction.
 */
export async function fakeUsers(count: number, seed: number): Promise<readonly User[]> {
  // Loaded on first use: most IdPs do without, and they start the sooner for it.
  const { faker: shared } = await import('@faker-js/faker/locale/en');
  // One of our own: whoever else uses the shared one may count on what it says next.
  const faker = new (shared.constructor as new (options: object) => Faker)({ locale: shared.rawDefinitions, seed });
  const taken = new Set<string>();
  return Array.from({ length: count }, () => user(faker, taken));
}

/** What is random about dates must not depend on today. */
const refDate = '2026-01-01T00:00:00Z';

function user(faker: Faker, taken: Set<string>): User {
  const sex = faker.person.sexType();
  const [given, middle, family] = [
    faker.person.firstName(sex),
    faker.person.middleName(sex),
    faker.person.lastName(sex),
  ];
  const username = unique(`${given}.${family}`.toLowerCase().replaceAll(/[^a-z.]/g, ''), taken);
  return {
    sub: faker.string.uuid(),
    username,
    password: faker.internet.password({ length: 12, memorable: true }),
    claims: {
      name: `${given} ${middle} ${family}`,
      given_name: given,
      family_name: family,
      middle_name: middle,
      nickname: given,
      preferred_username: username,
      profile: `https://example.com/people/${username}`,
      picture: `https://example.com/people/${username}.png`,
      website: `https://${username.replaceAll('.', '-')}.example.com/`,
      email: `${username}@example.com`,
      email_verified: faker.datatype.boolean(),
      gender: sex,
      birthdate: faker.date.birthdate({ refDate }).toISOString().slice(0, 10),
      zoneinfo: faker.location.timeZone(),
      locale: 'en-US',
      phone_number: `+1${faker.number.int({ min: 201, max: 989 })}55501${faker.string.numeric(2)}`,
      phone_number_verified: faker.datatype.boolean(),
      address: address(faker),
      updated_at: Math.floor(faker.date.past({ years: 5, refDate }).getTime() / 1000),
    },
  };
}

/** OIDC Core §5.1.1. */
function address(faker: Faker) {
  const parts = {
    street_address: faker.location.streetAddress(),
    locality: faker.location.city(),
    region: faker.location.state({ abbreviated: true }),
    postal_code: faker.location.zipCode(),
    country: 'US',
  };
  const { street_address, locality, region, postal_code, country } = parts;
  return { formatted: `${street_address}\n${locality}, ${region} ${postal_code}\n${country}`, ...parts };
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${name}${n}`;
  taken.add(free);
  return free;
}
