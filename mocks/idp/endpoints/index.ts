import type { EndpointDefinition } from '../endpoint.ts';
import { authorization } from './authorization.ts';
import { discovery } from './discovery.ts';
import { interaction } from './interaction.ts';
import { introspection } from './introspection.ts';
import { jwks } from './jwks.ts';
import { revocation } from './revocation.ts';
import { token } from './token.ts';
import { userinfo } from './userinfo.ts';

/** Every endpoint of the IdP, in the order of its metadata. */
export const definitions: readonly EndpointDefinition[] = [
  discovery,
  authorization,
  interaction,
  token,
  jwks,
  userinfo,
  introspection,
  revocation,
];
