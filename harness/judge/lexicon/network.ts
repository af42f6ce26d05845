import type { Terms } from './lexicon.ts';
import { behind, html, idpHop, notJson, someHop } from './shared.ts';

/** What runtimes and HTTP clients say of a wire that does not carry. */
export const network: readonly Terms[] = [
  {
    cause: 'network/blocked',
    values: [
      /\b(?:econnrefused|connection refused|etimedout|timed out|time-?out|unreachable|ehostunreach|enetunreach|could not connect|failed to connect)\b[^\n]{0,160}(?:https?:\/\/[^\s"']|\b(?:\d{1,3}\.){3}\d{1,3}:\d|\]:\d|\b[\w.-]{1,100}:\d{2,5}\b)/,
      /(?:https?:\/\/[^\s"']{3,200}|\b(?:\d{1,3}\.){3}\d{1,3}:\d{1,5})[^\n]{0,160}\b(?:econnrefused|connection refused|etimedout|timed out|time-?out|unreachable|ehostunreach|enetunreach)\b/,
    ],
    names: [
      /\beconnrefused\b|\bconnect(?:ion)? refused\b|\brefused (?:the |to )?connect/,
      /\betimedout\b|\btimed out\b|\btime-?out\b(?![=:]\s?\d)|\bund_err_(?:connect|headers|body)_timeout\b|\berr_jwks_timeout\b|\bdeadline exceeded\b/,
      /\behostunreach\b|\benetunreach\b|\bunreachable\b|\b(?:could not|couldn't|cannot|can't|failed to|unable to) (?:connect|reach)\b/,
      /\bproxy\b[^\n=]{0,40}\b(?:403|407|refused|denied|authentication)\b/,
      /\boperation was aborted\b|\baborterror\b/,
    ],
    class: [...idpHop, ...someHop],
    operator: { names: html },
    caller: { class: behind },
    near: ['network/intermittent', 'idp/endpoints', 'idp/tls-certificate', 'idp/token-issuance'],
    blameless: true,
  },
  {
    cause: 'network/dns',
    values: [
      /\b(?:enotfound|eai_again|nxdomain|servfail|unknownhostexception|could not resolve host|couldn't resolve host)\b[:' ]{1,4}[\w-]{1,63}(?:\.[\w-]{1,63}){0,20}/,
      /\bhost name of [\w-]{1,63}(?:\.[\w-]{1,63}){0,20}/,
      /\blookup [\w.-]{1,200}\b[^\n]{0,60}\bno such host\b/,
    ],
    names: [
      /\benotfound\b|\beai_again\b|\bgetaddrinfo\b|\bno such host\b|\bunknownhost|\bnxdomain\b|\bservfail\b/,
      /\b(?:could not|couldn't|cannot|can't|failed to|unable to) (?:be )?resolved? (?:the )?(?:host|name|address|dns)/,
      /\bname or service not known\b|\bno address associated with (?:host)?name\b|\bname resolution\b|\bhost ?name not found\b|\bdns\b[^\n=]{0,40}\b(?:fail|error|lookup|timed out|does not|could not)/,
    ],
    class: [...idpHop, ...someHop],
    caller: { class: behind },
    near: ['network/blocked'],
    blameless: true,
  },
  {
    cause: 'network/cors',
    values: [/\borigin '?https?:\/\/[^\n]{1,200}\b(?:blocked by cors|access-control-allow-\w{1,10})\b/],
    names: [/\bblocked by cors\b|\bcors (?:policy|error|failed|preflight)\b|\bcross-origin request blocked\b/],
    class: [/\bcors\b|\baccess-control-allow-|\bpreflight\b/],
  },
  {
    cause: 'network/intermittent',
    values: [
      /\b(?:econnreset|connection reset|hang up|other side closed|premature|truncated|incomplete|terminated|unexpected end(?! of json)|timed out|time-?out|not valid json)\b[^\n]{0,160}(?:https?:\/\/[^\s"']|\b(?:\d{1,3}\.){3}\d{1,3}:\d)/,
      /(?:https?:\/\/[^\s"']{3,200}|\b(?:\d{1,3}\.){3}\d{1,3}:\d{1,5})[^\n]{0,160}\b(?:econnreset|connection reset|hang up|other side closed|premature|truncated|incomplete|terminated|unexpected end(?! of json)|timed out|time-?out|not valid json)\b/,
    ],
    names: [
      /\beconnreset\b|\bconnection (?:was )?(?:reset|closed|aborted)\b|\bsocket hang up\b|\bother side closed\b|\bepipe\b|\bbroken pipe\b/,
      /\bpremature(?:ly)? (?:close|end)|\berr_stream_premature_close\b|\b(?:error|typeerror): terminated\b|\btruncated\b|\bincomplete (?:response|answer|body|read|message)\b/,
      /\bunexpected (?:end of (?:file|data|input|stream)|eof)\b|\bbody (?:ended|cut)\b/,
      /\bund_err_(?:socket|body_timeout|headers_timeout|res_content_length_mismatch)\b|\bcontent-length (?:mismatch|header)\b/,
      /\b(?:jwks|json web key set)\b[^\n=]{0,60}\b(?:could not be parsed|malformed|as json)\b/,
      /\b(?:jwks|discovery document|introspection endpoint)\b[^\n=]{0,300}\bnot valid json\b/,
      /\betimedout\b|\btimed out\b|\btime-?out\b(?![=:]\s?\d)/,
      /\bssl_error_syscall\b|\bincompleteread\b/,
      /\bunterminated string in json\b|\bincorrect header check\b|\bz_(?:buf|data)_error\b/,
    ],
    class: [...idpHop, ...someHop, ...notJson],
    caller: { class: behind },
    near: ['idp/token-issuance', 'idp/endpoints'],
    blameless: true,
  },
];
