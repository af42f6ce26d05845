import type { JsonObject } from '../../../harness/model/json.ts';

/** Somebody who can log in. */
export interface User {
  /** Subject identifier, at most 255 ASCII characters (OIDC Core §2). */
  readonly sub: string;
  readonly username: string;
  readonly password: string;
  /** What a client must know of this user to ask by CIBA (`user_code`, CIBA Core §7.1); nothing when absent. */
  readonly userCode?: string;
  /** Standard claims (OIDC Core §5.1). Only those that a scope names are given out. */
  readonly claims: JsonObject;
  /** Further claims of all tokens about this user and of UserInfo, whatever the scope: `roles`, `groups`, … */
  readonly customClaims?: JsonObject;
}

export const defaultUsers: readonly [User] = [
  {
    sub: 'user-1',
    username: 'alice',
    password: 'wonderland',
    claims: {
      name: 'Alice Liddell',
      given_name: 'Alice',
      family_name: 'Liddell',
      preferred_username: 'alice',
      locale: 'en-GB',
      email: 'alice@example.com',
      email_verified: true,
      phone_number: '+441865276150',
      phone_number_verified: false,
      address: { formatted: 'Christ Church\nOxford', country: 'GB' },
    },
  },
];

/** OIDC Core §5.4. */
const claimsOfScope: { readonly [scope: string]: readonly string[] } = {
  profile: [
    ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'],
    ...['website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
};

/** Scope values of OpenID Connect (OIDC Core §3.1.2.1, §5.4, §11). */
export const openidScopes: readonly string[] = ['openid', ...Object.keys(claimsOfScope), 'offline_access'];

/** Claims that the IdP can give values for. */
export const knownClaims: readonly string[] = ['sub', ...Object.values(claimsOfScope).flat()];

/** What UserInfo tells of a user when the access token has this scope (OIDC Core §5.3.2, §5.4). */
export function claimsFor({ sub, claims, customClaims }: User, scope: string): JsonObject {
  const wanted = new Set(scope.split(' ').flatMap((value) => claimsOfScope[value] ?? []));
  return { ...Object.fromEntries(Object.entries(claims).filter(([name]) => wanted.has(name))), ...customClaims, sub };
}

/** The users of one issuer. */
export interface Users {
  /** The one who is logged in when nobody says whom. */
  first(): User;
  /** By subject identifier. */
  find(sub: string): User | undefined;
  named(username: string): User | undefined;
  /** The one that a login hint means: by user name, subject or e-mail address (OIDC Core §3.1.2.1). */
  hinted(hint: string): User | undefined;
  list(): readonly User[];
  /** Adds a user, or takes the place of the one with this `sub`. */
  add(user: User): void;
  remove(sub: string): void;
}

export function createUsers(given: readonly [User, ...User[]]): Users {
  const bySub = new Map<string, User>(given.map((user) => [user.sub, user]));
  const where = (fits: (user: User) => boolean) => [...bySub.values()].find(fits);
  return {
    first: () => bySub.values().next().value ?? given[0],
    find: (sub) => bySub.get(sub),
    named: (username) => where((user) => user.username === username),
    hinted: (hint) => where(({ username, sub, claims }) => [username, sub, claims.email].includes(hint)),
    list: () => [...bySub.values()],
    add: (user) => void bySub.set(user.sub, user),
    remove: (sub) => void bySub.delete(sub),
  };
}
