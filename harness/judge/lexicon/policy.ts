import type { Terms } from './lexicon.ts';

/** What is said when a policy wants more than a valid token. */
export const policy: readonly Terms[] = [
  {
    cause: 'policy/conditional-access',
    names: [
      /\b(?:interaction_required|login_required|consent_required|account_selection_required)\b|\bconditional access\b/,
      /\buser\b[^\n=]{0,30}\b(?:said no|aborted|denied|declined|refused|cancell?ed)\b|\b(?:denied|cancell?ed|aborted) by the (?:user|resource owner)\b|\b(?:user|login|authentication) (?:authentication |login )?is required\b|\bnobody is logged in\b|\bprompt\b[^\n=]{0,4}\bnone\b/,
    ],
    class: [/\baccess_denied\b|\binvalid_grant\b/],
  },
  {
    cause: 'policy/adaptive',
    values: [/\binsufficient_user_authentication\b[^\n]{0,200}\b(?:acr_values|max_age)="?[^"\n]{1,100}/],
    names: [
      /\b(?:step-?up|mfa|multi-?factor|second factor)\b[^\n=]{0,30}\b(?:required|needed|missing)\b|\bacr_values=/,
    ],
    class: [/\binsufficient_user_authentication\b/],
    near: ['policy/assurance-claims'],
  },
  {
    cause: 'policy/assurance-claims',
    values: [/\b(?:acr|amr|auth_time)\b[^\n=,]{0,60}\bgot\b[^\n]{0,100}\bexpected\b/],
    names: [
      /["']?\b(?:acr|amr|auth_time)\b["']?[^\n=,]{0,40}\b(?:missing|too weak|too old|insufficient|not (?:allowed|met|sufficient)|mismatch|required|value)\b|\b(?:missing|unexpected|insufficient)(?: required)? ["']?(?:acr|amr|auth_time)\b/,
    ],
    class: [/\binsufficient_user_authentication\b|\binvalid_token\b/],
  },
];
