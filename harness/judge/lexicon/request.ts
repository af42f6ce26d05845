import type { Terms } from './lexicon.ts';

/** What is said of a request that is put wrongly. */
export const request: readonly Terms[] = [
  {
    cause: 'request/method',
    values: [/\bmethod ["']?(?:get|put|head|post|delete|patch)\b["']?[^\n]{0,40}\b(?:not allowed|expected|allowed:)/],
    names: [
      /\bmethod not allowed\b|\bmethod must be\b|\bmethod\b[^\n=]{0,20}\b(?:not allowed|not supported)\b|(?:^|\n)(?:http\/[\d.]{1,3} )?405\b/,
    ],
    class: [/\binvalid_request\b|\b405\b/],
  },
  {
    cause: 'request/headers',
    values: [/\bcontent-type\b[^\n]{0,40}\bgot\b[^\n]{0,80}\bexpected\b/],
    names: [
      /\b(?:unsupported|missing|invalid|wrong|duplicate) (?:content-type|content type|media type|accept|header)\b|\bcontent(?:-type)?\b[^\n=]{0,30}\b(?:not supported|invalid|missing|must be)\b|\bonly application\/x-www-form-urlencoded\b|\bunsupported media type\b/,
      /\bauthorization\b[^\n=]{0,40}\b(?:twice|more than once|duplicated|not basic|not form-urlencoded|not properly encoded)\b|\b(?:invalid|malformed) authorization header\b/,
    ],
    class: [/\binvalid_request\b|\b4(?:00|06|15)\b/],
  },
  {
    cause: 'request/encoding',
    names: [
      /\b(?:duplicate|repeated) parameter\b|\bparameter\b[^\n=]{0,40}\b(?:twice|more than once|repeated|duplicated)\b|\b(?:missing|invalid|required) parameters?\b.{0,4}\bgrant_type\b|\bgrant_type is missing\b|\b(?:missing|required) (?:required )?parameters?\b|\bparameter \w{1,40} is missing\b|\b(?:payload|entity|request|body) too large\b|\bunsupported (?:charset|encoding)\b|\bmalformed (?:body|form|percent)/,
      /\bcontent(?:-type)?\b[^\n=]{0,30}\b(?:not supported|must be)\b|\bonly application\/x-www-form-urlencoded\b/,
    ],
    class: [/\binvalid_request\b|\b4(?:00|13|15)\b/],
    near: ['request/headers'],
  },
];
