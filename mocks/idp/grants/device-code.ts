import type { Grant } from './grant.ts';
import { polled } from './polled.ts';

export const deviceCodeType = 'urn:ietf:params:oauth:grant-type:device_code';

/** RFC 8628 §3.4. */
export const deviceCode: Grant = {
  type: deviceCodeType,
  answer: (request) => polled('device_code', deviceCodeType, request),
};
