import { rfc } from './document.ts';

const { must } = rfc(8252);

/** OAuth 2.0 for Native Apps. */
export const rfc8252 = {
  anyLoopbackPort: must(
    '7.3',
    'any-loopback-port',
    'The authorization server MUST allow any port to be specified at the time of the request for loopback IP redirect URIs',
  ),
};
