import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fakeUsers } from '../../../mocks/alone/fake-users.ts';
import type { User } from '../../../mocks/idp/sessions/users.ts';
import { operation } from '../idp-context.ts';
import { NotFound } from '../operation.ts';
import { json, text, user } from '../schemas.ts';

const users_ = z.strictObject({ users: z.array(user) }).meta({ id: 'Users' });
const asked = z
  .strictObject({
    sub: text.max(255).optional(),
    username: text,
    password: text.optional(),
    userCode: text.optional(),
    claims: json.optional(),
    customClaims: json.optional(),
  })
  .meta({ id: 'NewUser' });

export const users = [
  operation({
    id: 'listUsers',
    method: 'GET',
    path: '/tenants/{tenant}/users',
    summary: 'Who can log in, with passwords: they are made for tests.',
    answer: users_,
    run: ({ tenant }) => ({ users: tenant().users.list() }),
  }),
  operation({
    id: 'putUser',
    method: 'POST',
    path: '/tenants/{tenant}/users',
    summary: 'Adds a user, or takes the place of the one with its subject identifier.',
    body: asked,
    answer: user,
    created: true,
    run({ tenant, body }) {
      const { sub = randomUUID(), password = randomUUID(), claims = {} } = body;
      const added = { ...body, sub, password, claims } as User;
      tenant().users.add(added);
      return added;
    },
  }),
  operation({
    id: 'addFakeUsers',
    method: 'POST',
    path: '/tenants/{tenant}/users/fake',
    summary: 'Adds made-up people with all standard claims; the same seed makes the same people.',
    body: z.strictObject({ count: z.int().min(1).max(1000), seed: z.int().min(0).optional() }),
    answer: users_,
    created: true,
    async run({ tenant, body: { count, seed = 1 } }) {
      const { users: all } = tenant();
      const added = await fakeUsers(count, seed);
      for (const one of added) all.add(one);
      return { users: added };
    },
  }),
  operation({
    id: 'deleteUser',
    method: 'DELETE',
    path: '/tenants/{tenant}/users/{sub}',
    summary: 'Removes a user, by subject identifier.',
    run({ tenant, param }) {
      const { users: all } = tenant();
      if (!all.find(param('sub'))) throw new NotFound('user', param('sub'));
      all.remove(param('sub'));
    },
  }),
  operation({
    id: 'logIn',
    method: 'POST',
    path: '/tenants/{tenant}/sessions',
    summary: 'Logs a user in without a page; send the cookie to the authorization endpoint.',
    body: z.strictObject({ username: text.optional().describe('The first user when absent.') }),
    answer: z.strictObject({ cookie: z.string().describe('Value of a `Cookie` field.') }),
    created: true,
    run: ({ tenant, body }) => ({ cookie: tenant().logIn(body.username) }),
  }),
  operation({
    id: 'logOut',
    method: 'DELETE',
    path: '/tenants/{tenant}/sessions/{username}',
    summary: 'Ends every session of a user; clients hear of it by the back channel (OIDC Back-Channel Logout).',
    async run({ tenant, param }) {
      const { users: all, logOut } = tenant();
      if (!all.named(param('username'))) throw new NotFound('user', param('username'));
      await logOut(param('username'));
    },
  }),
];
