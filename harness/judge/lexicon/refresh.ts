import type { Terms } from './lexicon.ts';

/** What is said of a refresh token that no longer works. */
export const refresh: readonly Terms[] = [
  {
    cause: 'refresh/revoked',
    names: [
      /\brefresh[ _]token\b[^\n=]{0,60}\b(?:revoked|reused?|already used|invalidated|not active|not found|another client|used before|not one of this client|is invalid)\b|\b(?:sign|log) in again\b/,
    ],
    class: [/\binvalid_grant\b/],
    near: ['refresh/expired'],
  },
  {
    cause: 'refresh/expired',
    names: [/\brefresh[ _]token\b[^\n=]{0,60}\b(?:expired|lifetime|too old)\b|\bsession (?:has )?expired\b/],
    class: [/\binvalid_grant\b/],
    near: ['token/expired'],
  },
];
