import type { Repertoire } from '../model/stage.ts';

const ofClients = [
  'work',
  'log-in',
  'obtain-token',
  'open-page',
  'refresh',
  'end-sessions',
  'pass-time',
  'restart-idp',
  'revoke',
  'rotate-keys',
  'parallel',
  'ladder',
];

/** What the stage of each role can do to its target. A chain is driven through its client. */
export const repertoire: Repertoire = {
  gateway: ['call-api', 'prove-possession', 'revoke', 'rotate-keys', 'interrupt', 'parallel', 'ladder'],
  idp: ['ask-idp', 'authorize', 'log-out', 'rotate-client-key', 'wait-out', 'interrupt', 'parallel'],
  client: [...ofClients, 'interrupt'],
  chain: ofClients,
};
