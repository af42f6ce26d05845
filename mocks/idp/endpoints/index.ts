import type { EndpointDefinition } from '../endpoint.ts';
import { authorization } from './authorization.ts';
import { backchannelAuthentication } from './backchannel-authentication.ts';
import { checkSession } from './check-session.ts';
import { deviceAuthorization } from './device-authorization.ts';
import { deviceVerification } from './device-verification.ts';
import { discovery } from './discovery.ts';
import { endSession, logoutConfirmation } from './end-session.ts';
import { interaction } from './interaction.ts';
import { introspection } from './introspection.ts';
import { jwks } from './jwks.ts';
import { pushedAuthorization } from './pushed-authorization.ts';
import { registration } from './registration.ts';
import { revocation } from './revocation.ts';
import { token } from './token.ts';
import { userinfo } from './userinfo.ts';
import { webfinger } from './webfinger.ts';

/** Every endpoint of the IdP, in the order of its metadata. */
export const definitions: readonly EndpointDefinition[] = [
  discovery,
  authorization,
  interaction,
  pushedAuthorization,
  token,
  jwks,
  userinfo,
  introspection,
  revocation,
  registration,
  endSession,
  logoutConfirmation,
  checkSession,
  webfinger,
  deviceAuthorization,
  deviceVerification,
  backchannelAuthentication,
];
