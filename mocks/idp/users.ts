import type { JsonObject } from '../../harness/model/json.ts';

/** Somebody who can log in. */
export interface User {
  /** Subject identifier, at most 255 ASCII characters (OIDC Core §2). */
  readonly sub: string;
  readonly username: string;
  readonly password: string;
  /** Standard claims (OIDC Core §5.1). Only those that a scope names are given out. */
  readonly claims: JsonObject;
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
export function claimsFor({ sub, claims }: User, scope: string): JsonObject {
  const wanted = new Set(scope.split(' ').flatMap((value) => claimsOfScope[value] ?? []));
  return { ...Object.fromEntries(Object.entries(claims).filter(([name]) => wanted.has(name))), sub };
}

/** The user that a login hint means: by user name, subject or e-mail address (OIDC Core §3.1.2.1). */
export function hinted(users: readonly User[], hint: string): User | undefined {
  return users.find(({ username, sub, claims }) => [username, sub, claims.email].includes(hint));
}
