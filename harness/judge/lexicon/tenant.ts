import type { Terms } from './lexicon.ts';
import { idpHop, invalidToken, keyValues, noMatchingKey } from './shared.ts';

/** What is said where several tenants or providers meet, or one takes over from another. */
export const tenant: readonly Terms[] = [
  {
    cause: 'tenant/configuration',
    names: [
      /\b(?:wrong|other|another|different|unknown) tenant\b|\btenant\b[^\n=]{0,40}\b(?:mismatch|not match|not found|unknown)\b/,
      /\b(?:no|not)\b[^\n=]{0,60}\b(?:found|known|registered)\b[^\n=]{0,40}\btenant\b/,
    ],
    class: [...invalidToken, /\btenant\b|\binvalid_client\b/],
    near: ['tenant/isolation', 'tenant/discovery'],
  },
  {
    cause: 'tenant/isolation',
    names: [/\b(?:wrong|other|another|different|foreign) tenant\b|\btenant\b[^\n=]{0,40}\b(?:mismatch|not match)\b/],
    class: [...invalidToken, /\btenant\b|\binvalid_grant\b/],
  },
  {
    cause: 'tenant/discovery',
    values: [/\bdiscovery\b[^\n]{0,200}\bissuer\b[^\n]{0,40}\bgot\b[^\n]{0,200}\bexpected\b/],
    names: [/\bdiscovery\b[^\n=]{0,200}\b(?:issuer|mismatch|not match|not found|redirected|failed|missing)\b/],
    class: idpHop,
    near: ['network/blocked', 'network/intermittent'],
    blameless: true,
  },
  {
    cause: 'migration/key-rotation',
    values: keyValues,
    names: [
      ...noMatchingKey,
      /\bkeys? (?:was|were|has been|have been) rotated\b|\bjwks (?:was )?(?:refreshed|refetched|fetched again)\b/,
    ],
    class: [...invalidToken, ...idpHop],
    near: ['network/blocked', 'network/intermittent'],
  },
  {
    cause: 'migration/interpretation',
    names: [
      /\bclaim\b[^\n=]{0,40}\b(?:must be an? |is not an? |should be an? |wrong type|unexpected (?:type|shape))|\bopaque token\b|\bunexpected (?:claim|shape|format)\b/,
    ],
    class: invalidToken,
    near: ['extension/claims'],
  },
  {
    cause: 'migration/error-mapping',
    names: [/\b(?:unknown|unrecogni[sz]ed|unmapped|unexpected) error (?:code|shape|format|response)\b/],
    class: [/\berror code\b/],
    near: ['idp/token-issuance', 'client/credentials', 'client/type'],
  },
  {
    cause: 'extension/claims',
    values: [/\bclaim ["'][\w:./-]{1,100}["'][^\n]{0,60}\bgot\b[^\n]{0,100}\bexpected\b/],
    names: [
      /\b(?:missing|required|unexpected|invalid) (?:custom )?["'](?!aud|iss|exp|nbf|iat|scope|typ|alg|kid)[\w:./-]{1,100}["'] claim\b|\bcustom claim\b/,
    ],
    class: [...invalidToken, /\bclaim\b/],
  },
  {
    cause: 'extension/grants',
    values: [/\bunsupported[ _]grant[ _]type\b[^\n]{0,12}["':][^\n]{0,3}[\w:-]{3,80}/],
    names: [/\bunsupported[ _]grant[ _]type\b|\bgrant type\b[^\n=]{0,30}\b(?:not supported|unsupported|unknown)\b/],
    class: [/\binvalid_request\b|\bunauthorized_client\b/],
    near: ['client/type'],
  },
];
