import type { Terms } from './lexicon.ts';
import { noMatchingKey } from './shared.ts';

/** What is said of a client that is set up wrongly. */
export const client: readonly Terms[] = [
  {
    cause: 'client/scope',
    values: [
      /\bscopes?\b[^\n=,]{0,60}\b(?:got|has|granted|received|not allowed)\b[^\n]{0,200}\b(?:expected|needs?|required?|wanted)\b/,
      /\bscopes?\b[^\n=,]{0,40}\b(?:expected|needs?|required?|wanted)\b[^\n]{0,200}\b(?:got|has|granted|received)\b/,
      /\binsufficient_scope\b[^\n]{0,200}\bscope="[^"\n]{1,200}"|\bscope="[^"\n]{1,200}"[^\n]{0,200}\binsufficient_scope\b/,
      /\bmissing scope\. expected\b/,
    ],
    names: [
      /\binsufficient ["']?scopes?\b|\bunknown scopes?\b|\binvalid scopes?\b/,
      /\b(?:missing|lacks|without|no|requires?|required)(?: required| the| a){0,2} ["']?(?:[\w:.-]{1,40}["']? )?scopes?\b["']?(?!=)/,
      /\bscopes?\b["']?[^\n=,:;]{0,40}\b(?:missing|insufficient|not (?:allowed|granted|present|sufficient)|mismatch|is required|denied|value|(?:has|contains?) invalid characters?)\b/,
      /\binsufficientscope|\bjwtinvalidscope/,
      /\b(?:requested )?scopes? (?:["'][^"'\n]{1,100}["'] )?(?:is|are) (?:not (?:known|supported|registered)|unknown)\b/,
    ],
    class: [/\binsufficient_scope\b|\binvalid_?scope\b/],
    near: ['migration/interpretation'],
  },
  {
    cause: 'client/credentials',
    values: [
      /\b(?:invalid_client|client (?:credentials?|secret|authentication))\b[^\n]{0,80}\bclient(?:_id| id)?[ ="':(]{1,4}[\w.-]/,
      /\bclient ["']?[\w.-]{1,80}["']?[^\n]{0,40}\b(?:secret|credentials?) (?:is |was )?(?:wrong|expired|invalid|revoked)\b/,
    ],
    names: [
      /\binvalid_client\b|\bclient (?:authentication|credentials?|secret)\b[^\n=]{0,40}\b(?:failed|invalid|refused|wrong|expired|rejected|revoked|mismatch)\b/,
      /\b(?:refused|rejected|invalid|wrong|bad|expired)\b[^\n=]{0,40}\bclient (?:credentials?|secret|authentication)\b/,
      /\bclient(?:_id| id)? ["'][\w.-]{1,80}["'] is (?:unknown|not known|not registered)\b|\bclient not found\b|\bunknown client\b|\bno such client\b|\bclient is (?:invalid|unknown)\b|\bno client authentication\b/,
      /\binvalid secret\b|\b(?:missing|invalid) parameter\b.{0,4}\bclient_secret\b|\bclient_secret must be\b|\bone way of client authentication\b|\bclient authentication\b[^\n=]{0,40}\b(?:more than one|only one|one mechanism|not two)\b/,
      /\bclient_id (?:differs|mismatch)\b|\bclient_id\b[^\n=]{0,20}\bmissing\b|\bmissing\b[^\n=]{0,30}\bclient_id\b|\bmismatch in body and authorization client ids\b|\bclient_assertion(?:_type)?\b[^\n=]{0,60}\b(?:missing|belong together|must be provided|must have|is required)\b|\binvalid client_assertion\b/,
      /\bauthorization\b[^\n=]{0,40}\b(?:not basic|not form-urlencoded|not properly encoded)\b|\b(?:invalid|malformed) authorization header\b/,
    ],
    class: [/\bunauthorized_client\b|\bclient\b[^\n=]{0,20}\b(?:credential|authenticat|secret)/],
    near: ['client/type', 'tenant/configuration'],
  },
  {
    cause: 'client/type',
    names: [
      /\bunsupported_response_type\b|\b(?:unsupported|unknown|invalid) response[ _]type\b|\bresponse_type\b[^\n=]{0,30}\bnot (?:offered|supported|allowed)\b/,
      /\bunauthorized_client\b|\bclient authentication (?:is )?(?:missing|required)\b|\bgrant(?: type)?\b[^\n=]{0,30}\bnot allowed for\b|\bpublic clients?\b[^\n=]{0,40}\b(?:must not|cannot|not allowed)\b/,
      /\b(?:missing|required)\b[^\n=]{0,30}\bresponse_type\b|\bresponse_type\b[^\n=]{0,30}\b(?:missing|required)\b/,
      /\bregistered this way of authentication\b|\bnot match the registered client authentication method\b/,
    ],
    class: [/\binvalid_client\b|\bunauthorized_client\b/],
  },
  {
    cause: 'client/redirect-uri',
    values: [
      /\bredirect[ _]uris?\b[^\n]{0,20}https?:\/\/[^\n]{1,200}\b(?:not registered|mismatch|expected|registered)\b/,
    ],
    names: [
      /\bredirect[ _]ur[il]s?\b[^\n=]{0,80}\b(?:mismatch|not registered|unregistered|invalid|not allowed|not match|missing|doesn't match|not that of|twice|registered)\b|\bredirect[ _]uri\b.{0,2} is (?:no|not an?) (?:absolute|valid)\b|\b(?:invalid|mismatched|missing|unregistered)[ _]redirect[ _]ur[il]\b/,
    ],
    class: [/\binvalid_grant\b|\binvalid_redirect_uri\b|\bredirect[ _]uri\b/],
    near: ['attack/open-redirect', 'tenant/configuration'],
  },
  {
    cause: 'client/endpoints',
    values: [
      /\b(?:jwks_?uri|request_uri|logout)\b[^\n]{0,60}https?:\/\/[^\n]{1,300}\b(?:could not|was (?:not )?answered|no answer|failed|refused|timed out|expired|econn\w+)/,
    ],
    names: [
      ...noMatchingKey,
      /\bno registered key fits\b/,
      /\brequest object\b[^\n=]{0,80}\b(?:signature|exp|expired|aud|client_id|iss|algorithm|key|wrong|invalid|no signed jwt|refused)\b/,
      /\b(?:jwks[ _]?ur[il]|json web key set|request_uri|request uri|back-?channel[ _]?logout(?:[ _]ur[il])?|logout token)\b[^\n]{0,160}\b(?:could not|failed|fail|refused|timed? ?out|unreachable|not (?:be )?(?:fetched|reached|registered|answered)|not match|invalid|error|unexpected)\b/,
      /\b(?:failed|unable|could not|couldn't)\b[^\n]{0,80}\b(?:client(?:'s)? (?:public )?(?:keys?|json web key set)|request_uri|request object|logout request|public keys? (?:for|of) (?:the )?client)\b/,
    ],
    class: [
      /\binvalid_client\b|\binvalid_client_metadata\b|\binvalid_request_(?:uri|object)\b|\brequest_uri\b|\brequest object\b/,
    ],
    near: [
      ...['client/credentials', 'network/blocked', 'network/intermittent', 'idp/tls-certificate'],
      ...['token/signature', 'token/expired', 'token/audience'],
    ],
  },
];
