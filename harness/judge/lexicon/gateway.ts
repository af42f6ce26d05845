import type { Terms } from './lexicon.ts';
import { behind, idpHop, invalidToken, notJson, someHop } from './shared.ts';

/** What a gateway says of itself, of the API behind it, and of requests that carry no usable token. */
export const gateway: readonly Terms[] = [
  {
    cause: 'gateway/plugin',
    values: [
      /\b(?:missing|no|without an?) ["']?authorization["']? (?:header|field)\b|\bno authorization was found in request\.\w|\btoken after bearer is missing\b/,
      /\b(?:\d{1,3}|two|several) authorization (?:headers|fields)\b/,
      /\bscheme\b[^\n]{0,60}\bexpected\b[^\n]{0,12}\bbearer\b|\bexpected\b[^\n]{0,20}\bbearer\b[^\n]{0,40}\bgot\b|\bgot\b[^\n]{0,60}\bexpected\b[^\n]{0,12}\bbearer\b/,
      /\btoken\b[^\n=]{0,30}\b(?:in|from) (?:the )?(?:query|cookie|form|url|request body|uri)\b/,
      /\b(?:two|2|multiple|several|more than one) (?:\w{1,12} )?(?:authorization|tokens|credentials|access tokens|methods?)\b[^\n]{0,60}\b(?:header|query|form|fields?|and)\b/,
    ],
    names: [
      /\bno (?:auth(?:orization)?|access|bearer|jwt)?(?: ?token)\b(?! (?:endpoint|response))[^\n]{0,20}|\bno authorization\b|\bno bearer\b/,
      /\bformat is ["']?authorization: bearer\b|\bcredentials_(?:required|bad_scheme|bad_format)\b|\binvalid credentials structure\b|\bbad authorization header\b/,
      /\b(?:missing|absent|without(?: an?)?|malformed|invalid|empty|unsupported|duplicate|ambiguous|multiple|doubled?)(?: or \w{1,12})? ["']?(?:authorization|bearer|credentials|access token|auth header|auth scheme|authentication scheme)\b/,
      /\bauthorization\b(?! (?:server|token))[^\n=,]{0,30}\b(?:missing|absent|malformed|not found|not present|required|is empty|empty|twice|duplicate)\b/,
      /\b(?:jwt is missing|token not found|token is missing|missing (?:jwt|token|bearer token)|(?:access )?token (?:is )?required|jwt must be provided)\b/,
      /\bfst_jwt_(?:no_authorization_in_header|no_authorization_in_cookie|bad_request|bad_cookie_request)\b/,
      /\bmore than one (?:method|token|authorization)\b|\b(?:multiple|two|several) (?:access )?tokens\b|\bmultiple authorization\b/,
      /\b(?:unsupported|unknown|wrong|unexpected)(?: authorization| authentication| auth)? scheme\b/,
    ],
    class: [/\binvalid_?request(?:error)?\b|\buse authorization header\b/],
    caller: {
      class: [
        /(?:^|\n)(?:www-authenticate: ?)?bearer(?: realm="[^"\n]{0,300}")?(?:,? ?(?:scope|dpop algs)="[^"\n]{0,200}"){0,2}\s{0,3}(?:\n|$)/,
      ],
    },
    near: ['request/headers'],
  },
  {
    cause: 'gateway/upstream',
    values: [
      /\b(?:upstream|backend|origin|api)\b[^\n]{0,60}https?:\/\/[^\s"']{1,200}[^\n]{0,120}\b(?:econn\w{1,10}|refused|timed out|time-?out|reset|unreachable|hang up|closed|truncated|[45]\d\d|etimedout|enotfound)\b/,
      /\b(?:econn\w{1,10}|refused|timed out|time-?out|reset|unreachable|hang up|closed)\b[^\n]{0,120}\b(?:upstream|backend|origin)\b[^\n]{0,20}https?:\/\//,
    ],
    names: [
      /\bapi behind the gateway\b|\bapi did not answer\b/,
      /\b(?:upstream|backend|origin server|proxied server)\b[^\n=]{0,120}\b(?:fail(?:ed|ure)?|error|refused|unreachable|unavailable|timed out|time-?out|reset|down|hang up|closed|5\d\d|econn\w{1,10}|etimedout|could not|cannot|invalid|bad|truncated|incomplete)\b/,
      /\b(?:fail(?:ed|ure)?|error|could not|cannot|unable)\b[^\n=]{0,40}\b(?:upstream|backend|proxy(?:ing)? (?:request|to)|forward(?:ing)?|reach(?:ing)? the api)\b/,
      /\bproxy error\b|\berror occurred while (?:trying to )?proxy/,
    ],
    operator: {
      names: [
        /\beconn(?:refused|reset)\b[^\n]{0,40}\b(?:\d{1,3}\.){3}\d{1,3}:\d|\bconnect etimedout (?:\d{1,3}\.){3}\d/,
      ],
    },
    class: [
      ...behind,
      ...someHop,
      /\b(?:upstream|backend)\b|\beconn\w{1,10}\b|\betimedout\b|\bconnection (?:refused|reset)\b|\btimed out\b|\bhang up\b|\bother side closed\b|\bterminated\b/,
    ],
    near: ['network/blocked', 'network/dns', 'network/intermittent'],
    blameless: true,
  },
  {
    cause: 'gateway/introspection',
    values: [
      /\bintrospect\w{0,4}\b[^\n]{0,200}(?:https?:\/\/[^\s"']|\binvalid_client\b|\bclient_id\b|\bstatus(?: code)? [45]\d\d\b|\bactive[ "':=]{1,5}false\b)/,
    ],
    names: [
      /\bintrospect\w{0,4}\b[^\n]{0,160}\b(?:refused|fail(?:ed|ure|s)?|unreachable|timed out|time-?out|error|invalid|inactive|not active|[45]\d\d|unauthorized|econn\w{1,10}|reset|html|not json|json|empty|missing|unavailable|not available|not allowed|hang up|closed|truncated)\b/,
      /\btoken\b[^\n=]{0,20}\b(?:inactive|not active|no longer (?:active|valid)|revoked)\b|\binactive token\b|\bactive[ "':=]{1,5}false\b/,
    ],
    class: [...invalidToken, ...idpHop, ...someHop, /\bintrospect/],
    operator: { class: notJson },
    caller: { class: behind },
    near: ['network/blocked', 'network/dns', 'network/intermittent', 'idp/tls-certificate', 'client/credentials'],
  },
  {
    cause: 'gateway/status-caching',
    values: [
      /\bactive[ "':=]{1,5}false\b[^\n]{0,20}\bexpected\b/,
      /\b(?:cached|stale|staleness|revoked)\b[^\n]{0,60}\b\d+ ?(?:s|sec|seconds|ms)\b/,
    ],
    names: [
      /\bcached\b[^\n=]{0,60}\b(?:revoked|inactive|introspection|stale)\b|\bstale (?:cache|token|status)\b/,
      /\btoken\b[^\n=]{0,20}\b(?:inactive|not active|revoked)\b|\binactive token\b/,
    ],
    class: [...invalidToken, /\bcached?\b/],
    near: ['gateway/introspection'],
  },
  {
    cause: 'gateway/policy',
    values: [/\bpolicy ["']?[\w:./-]{1,80}["']?[^\n]{0,60}\b(?:denied|denies|refused|rejected|blocked)\b/],
    names: [
      /\bpolicy\b[^\n=]{0,40}\b(?:denied|denies|refused|rejected|violat\w{1,5}|blocked|forbids)\b|\b(?:denied|refused|rejected|blocked|forbidden) by (?:\w{1,20} )?policy\b/,
      /\bip address (?:is )?(?:not allowed|denied|blocked)\b|\byou cannot consume this service\b|\bnot subscribed\b|\bquota exceeded\b|\bmethod not allowed\b|\brate.?limit/,
    ],
    class: [/\b(?:403|405|429)\b|\bpolicy\b|\btoo many requests\b/],
    near: ['gateway/overload', 'request/method', 'client/scope'],
    blameless: true,
  },
  {
    cause: 'gateway/configuration',
    names: [
      /\b(?:configuration|config|environment variable|setting)\b[^\n=]{0,60}\b(?:missing|required|invalid|not set|unset|is empty)\b|\bconfiguration error\b/,
      /\b(?:issuer(?:baseurl)?|jwks[ _-]?ur[il]|client[ _-]?(?:id|secret))\b["']?[^\n=]{0,20}\b(?:is required|not set|unset|must be (?:set|provided)|is a placeholder|is not configured)\b/,
    ],
    class: [/\bconfig/],
    near: ['tenant/configuration', 'client/credentials'],
    blameless: true,
  },
  {
    cause: 'gateway/overload',
    values: [/\b(?:overload\w{0,3}|queue|cache|connections?)\b[^\n]{0,60}\b\d+\b[^\n]{0,30}\b(?:limit|of|max)/],
    names: [
      /\boverload|\btoo busy\b|\b(?:queue|cache|pool) (?:is )?(?:full|exhausted)\b|\btoo many (?:open|concurrent|connections|pending)\b|\bload shed|\bheap out of memory\b|\bemfile\b|\bcircuit (?:breaker )?(?:is )?open\b/,
    ],
    class: [...behind, /\b429\b|\btoo many requests\b/],
    blameless: true,
  },
  {
    cause: 'gateway/bypass',
    names: [
      /\bpath (?:normali[sz]ation|traversal)\b|\bspoofed\b|\brequest smuggling\b|\bidentity header\b[^\n=]{0,30}\b(?:stripped|refused|ignored|removed)\b|\bambiguous (?:path|request|length)\b/,
    ],
    class: [...invalidToken, /\binvalid_request\b|\b40[0134]\b/],
    near: ['gateway/plugin', 'gateway/policy', 'request/method', 'request/headers'],
  },
];
