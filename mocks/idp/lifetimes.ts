import type { Lifetimes } from '../../harness/model/issuing.ts';

/** How long what the IdP issues lives when nothing else is said; seconds. */
export const usualLifetimes: Lifetimes = {
  accessToken: 3600,
  idToken: 3600,
  // RFC 6749 §4.1.2 recommends ten minutes at most.
  code: 60,
  refreshTokenIdle: 30 * 86_400,
  refreshTokenAbsolute: 180 * 86_400,
  deviceCode: 600,
  // RFC 9126 §2.2: between 5 and 600 seconds are usual.
  requestUri: 60,
};
