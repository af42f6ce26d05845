import type { Terms } from './lexicon.ts';
import {
  behind,
  html,
  idpHop,
  invalidToken,
  keyValues,
  noMatchingKey,
  notJson,
  notYet,
  someHop,
  times,
} from './shared.ts';

/** What is said of an authorization server that does not do its part. */
export const idp: readonly Terms[] = [
  {
    cause: 'idp/signing-keys',
    values: [
      ...keyValues,
      /https?:\/\/[^\n]{1,300}\b(?:no usable (?:signing )?keys?|no keys (?:array|member))\b/,
      /\b(?:jwks|key set) https?:\/\/[^\n]{1,300}\bnot valid json: (?:status|got)\b/,
      /\bjwk (?:kty|use|alg)\b[^\n]{0,60}\bexpected\b/,
      /\bsigning key ["'][^\n]{1,100}https?:\/\/[^\n]{1,300}\bnot usable: /,
    ],
    names: [
      ...noMatchingKey,
      /\b(?:jwks|json web key set|key set)\b[^\n=]{0,60}\b(?:empty|malformed|invalid|no (?:signing )?keys|not contain|not include|missing|could not be parsed|unparsable|as json|must be|should be|is not (?:an? |valid))/,
      /\b(?:empty|malformed|invalid) (?:jwks|jwk set|json web key set)\b/,
      /\b(?:not contain|no|without)(?: any)? (?:signing |usable )?keys\b/,
      /"keys" (?:field|member)\b|\bno jwks found\b|\bno_jwks\b/,
      /\b(?:jwks|json web key set)\b[^\n=]{0,300} is (?:an array|null|an? (?:string|number|boolean))\b|\bno keys (?:array|member)\b/,
      /\bmultiple matching keys\b|\bduplicate kid\b/,
      /\b(?:invalid|unsupported) jwk\b|\bjwk (?:(?:kty|use|alg|kid) )?(?:does not|should|empty|must|not allowed)\b|\bjwk\.\w{1,8}\b["']? to be\b|\bkid claim is not a\b|\bmissing (?:modulus|exponent)\b/,
    ],
    class: [...invalidToken, ...idpHop],
    operator: { class: notJson },
    near: ['migration/key-rotation', 'idp/endpoints', 'tenant/isolation', 'idp/rate-limit', 'gateway/configuration'],
  },
  {
    cause: 'idp/endpoints',
    values: [
      /https?:\/\/[^\n]{1,300}\bnot valid json: (?:status|got)\b/,
      /https?:\/\/[^\s"']{0,200}(?:jwks|well-known|openid|introspect|certs|keys)[^\n]{0,160}\b(?:status(?: code)?|responded|answered|returned|http|got|found)\b[^\n]{0,12}\b[345]\d\d\b/,
      /\b[345]\d\d\b[^\n]{0,60}https?:\/\/[^\s"']{0,200}(?:jwks|well-known|openid|introspect|certs|keys)/,
    ],
    names: [
      /\b(?:jwks|json web key set|discovery|openid[- _]?config\w{0,9}|well-known|metadata|introspection|token endpoint|authorization server)\b[^\n]{0,120}\b(?:404|(?<!name )not found|(?:status(?: code)?|responded with|answered|returned|http(?: error)?)(?: is)?[ :]{0,2}[345]\d\d|redirect(?:ed|s)?)\b/,
      /\b(?:jwks|json web key set)\b[^\n=]{0,60}\b(?:could not be parsed|as json|not (?:valid )?json)\b/,
      /\bexpected 200 ok from\b|\bfailed to fetch (?:the )?jwks from https?:|\bjwkserror: (?:not found|http error|internal server error|bad gateway|service unavailable)/,
      /\bdiscovery\b[^\n=]{0,80}\bissuer\b|\bjwks_uri\b[^\n=]{0,40}\b(?:missing|not found|invalid|no )|\bno valid jwks_uri\b/,
    ],
    class: [...idpHop, ...someHop],
    operator: { names: html, class: notJson },
    caller: { class: behind },
    near: [
      'tenant/discovery',
      'token/issuer',
      'network/dns',
      'idp/rate-limit',
      'gateway/configuration',
      'idp/token-issuance',
      'gateway/introspection',
    ],
    blameless: true,
  },
  {
    cause: 'idp/token-issuance',
    values: [/\btoken (?:endpoint|response)\b[^\n]{0,120}\b(?:got|received|status|answered|returned)\b[^\n]{0,80}/],
    names: [
      /\btoken (?:endpoint|response|request)\b[^\n=]{0,80}\b(?:failed|invalid|unexpected|empty|malformed|html|content[- ]type|error|missing|not (?:valid|usable)|5\d\d)\b/,
      /\b(?:missing|invalid|no) ["']?(?:access_token|token_type|expires_in)\b/,
    ],
    class: [...idpHop, ...someHop, /\btoken endpoint\b|\bserver_error\b/],
    operator: { names: html, class: notJson },
    caller: { class: behind },
    near: ['client/credentials'],
  },
  {
    cause: 'idp/clock-skew',
    values: times,
    names: [
      ...notYet,
      /\bassertion\b[^\n=]{0,60}\b(?:expired|exp has passed|not yet valid|future)\b/,
      /\bclock[ -]?(?:skew|drift)\b|\bclocks?\b[^\n=]{0,30}\b(?:differ|wrong|off by|ahead|behind|out of sync|synchroni)/,
    ],
    class: [...invalidToken, /\bexpired\b/],
    // A client's assertion is one of its credentials (RFC 7523 §3.2).
    near: ['client/credentials'],
  },
  {
    cause: 'idp/tls-certificate',
    values: [
      /\bcertificate of [\w.-]{1,100}:\d{1,5}[^\n]{0,160}\b(?:expired|not yet valid|self-signed|unknown authority|revoked)\b/,
      /\bdoes not match certificate's altnames\b|\bcertificate is (?:valid )?for\b[^\n]{0,120}\bnot\b|\bis not in the cert's list\b/,
      /\bcert(?:ificate)?\b[^\n]{0,120}\b(?:expired|not (?:yet )?valid|self-?signed|unknown authority|unable to verify|unable to get)\b[^\n]{0,160}(?:https?:\/\/|\b(?:\d{1,3}\.){3}\d{1,3}:\d|\b20\d\d-\d\d-\d\d|\bcurrent time\b)/,
      /https?:\/\/[^\s"']{3,200}[^\n]{0,120}\b(?:certificate has expired|self-?signed certificate|cert_has_expired|depth_zero_self_signed_cert|unable to (?:verify|get)[^\n]{0,30}\bcertificate|unable_to_\w{1,40}|certificate is not yet valid|cert_not_yet_valid|certificate signed by unknown authority|certificate revoked)\b/,
    ],
    names: [
      /\bcertificate (?:is )?not trusted\b|\bcertificates?\b[^\n=]{0,160}\bunknown authority\b|\bintermediate certificate is missing\b/,
      /\bcertificate of [^\n=]{1,120}\b(?:expired|not yet valid|self-signed|revoked)\b/,
      /\bcertificate (?:has expired|is not yet valid|expired|revoked|is revoked|signed by unknown|verify failed|unknown|required|is not trusted)\b|\bexpired certificate\b/,
      /\bself-?signed certificate\b|\bcert_(?:has_expired|not_yet_valid|revoked|signature_failure|untrusted)\b|\bdepth_zero_self_signed_cert\b|\bself_signed_cert_in_chain\b/,
      /\bunable to (?:verify the first|get (?:local )?issuer) certificate\b|\bunable_to_(?:verify_leaf_signature|get_issuer_cert(?:_locally)?)\b/,
      /\berr_tls_cert_altname_invalid\b|\bhostname\/ip does not match\b|\bpkix path\b|\bvalid certification path\b|\bx509: /,
      /\b(?:ca|ee) (?:key|md) too (?:small|weak)\b|\bunsupported protocol\b|\bprotocol version\b[^\n=]{0,20}\balert\b|\bwrong version number\b|\bno alternative certificate subject name\b/,
    ],
    class: [...idpHop, ...someHop, /\btls\b|\bssl\b|\bhandshake\b|\beproto\b|\bcertificat/],
    caller: { class: behind },
    blameless: true,
  },
  {
    cause: 'idp/rate-limit',
    values: [
      /\b(?:too many requests|rate.?limit\w{0,4}|429)\b[^\n]{0,160}\b(?:retry[- ]after|try again|wait|retry in)\b[^\n]{0,20}\d/,
      /https?:\/\/[^\n]{1,300}\brate limited\b[^\n]{0,30}\b429\b/,
    ],
    names: [
      /\btoo many requests\b|\brate.?limit|\bthrottl|\bretry-after\b/,
      /\b(?:status(?: code)?|responded with|answered|returned|http(?: error)?)(?: is)?[ :]{0,2}429\b/,
      /(?:^|\n)(?:http\/[\d.]{1,3} )?429\b/,
      /\bstill waiting for back ?off\b|\bnot allowed to fetch jwks yet\b/,
    ],
    class: [...idpHop, ...someHop],
    caller: { class: behind },
    near: ['gateway/policy', 'gateway/overload'],
    blameless: true,
  },
];
