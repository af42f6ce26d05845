import type { Repertoire } from '../model/stage.ts';

/** What the stage of each role can do to its target. The stages of other roles are still to come. */
export const repertoire: Repertoire = {
  gateway: ['call-api', 'revoke', 'rotate-keys', 'parallel'],
  idp: ['ask-idp', 'authorize', 'wait-out', 'parallel'],
  client: [
    'work',
    'log-in',
    'obtain-token',
    'open-page',
    'refresh',
    'end-sessions',
    'pass-time',
    'revoke',
    'rotate-keys',
    'parallel',
  ],
};
