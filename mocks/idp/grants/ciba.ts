import type { Grant } from './grant.ts';
import { polled } from './polled.ts';

export const cibaType = 'urn:openid:params:grant-type:ciba';

/** CIBA Core §10.1. */
export const ciba: Grant = {
  type: cibaType,
  answer: (request) => polled('auth_req_id', cibaType, request),
};
