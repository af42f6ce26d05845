/** Phrases that belong to more than one cause. */

/** The OAuth error code for any token that is not accepted (RFC 6750 §3.1). */
export const invalidToken: readonly RegExp[] = [/\binvalid_token\b/];

/** A key was looked for and not found. */
export const noMatchingKey: readonly RegExp[] = [
  /\bno (?:applicable|matching|suitable|such|usable|valid)[^\n=]{0,20}\b(?:key|jwk)s?\b/,
  /\b(?:unable|failed|could not|couldn't|cannot)(?: to)? (?:find|locate|match|select|resolve)[^\n=]{0,40}\b(?:key|jwk|kid)\b/,
  /\b(?:signing key|public key|key|jwk|kid)\b[^\n=,;]{0,80}\bnot (?:found|known|present|in the jwks|in the key set|published)\b/,
  /\bunknown (?:kid|key|signing key)\b/,
  /\bno key\b[^\n=]{0,20}\b(?:for|with|matches|found)\b/,
  /signingkeynotfound|no_matching_key|jwk_not_found|kidnotfound/,
  /\bdoesn't have key to match\b|\bunable to match key\b/,
  /\b(?:signature|signing) key\b[^\n]{0,300}\b(?:unknown|do(?:es)? not fit|not usable)\b/,
  /\bno kid specified\b|\brequired "kid"|\bnot have valid kid\b|\bkid (?:is )?missing\b|\bmissing ["']?kid\b/,
];

/** The kid that was looked for, and where, or which there are. */
export const keyValues: readonly RegExp[] = [
  /\b(?:not (?:found|in|known|among)|no (?:\w{1,12} )?(?:key|jwk)|unknown)\b[^\n]{0,100}\bkid\b[^\n]{0,160}(?:https?:\/\/|\b(?:known|available|published|holds|has) )/,
  /\bkid\b[^\n]{0,100}\b(?:not (?:found|in|known|among)|unknown|no (?:key|match))\b[^\n]{0,160}(?:https?:\/\/|\b(?:known|available|published|holds|has) )/,
  /https?:\/\/[^\n]{1,200}\b(?:no (?:\w{1,12} )?key|unknown|not found)\b[^\n]{0,40}\bkid\b/,
];

/** A text was read as JSON and was none. */
export const notJson: readonly RegExp[] = [
  /\bnot valid json\b|\binvalid json\b|\bin json at position\b|\bunexpected (?:token|end of json|non-whitespace)\b|\bmalformed json\b/,
  /\bparse\b[^\n]{0,60}\bjson\b|\bjson\b[^\n]{0,20}\bpars/,
];

/** A page came where a document should have. */
export const html: readonly RegExp[] = [
  /\bunexpected token '?<|<!doctype html|<html\b|\btext\/html\b|\b(?:got|received|is) html\b/,
];

/** The token's time has not come. */
export const notYet: readonly RegExp[] = [
  /\b(?:token|jwts?|nbf|iat)\b(?:(?!certificat)[^\n]){0,60}\b(?:not yet (?:valid|active|usable)|not valid (?:yet|before|until))\b/,
  /\bjwt not active\b|\bused before (?:it's valid|it is valid|issued)|\bbefore use time\b|\bcan't be used before\b|\bwill be active at\b/,
  /(?:jwt|token)_?not_?before|\bnotbeforeerror\b/,
  /["']?\b(?:nbf|iat)\b["']?(?: claim)?\b[^\n=,]{0,60}\b(?:failed|must|future|later|lower|not a number)\b/,
  /\bissued (?:in|at a point in) the future\b/,
];

/** A time claim beside the time at which it was looked at. */
export const times: readonly RegExp[] = [
  /\b(?:exp|nbf|iat)\b[^\n]{0,80}\b(?:now|current time)\b/,
  /\bnow\b[^\n]{0,60}\b(?:exp|nbf|iat)\b/,
  /\b(?:expired|not yet valid|validto|validfrom)\b[^\n]{0,160}\bcurrent time\b/,
  /\blower than "?\d+"? \(iat: "?[^"\n]{1,40}"?\)/,
  /\bvalidation failure \(\d{6,15}\)[^\n]{0,40}\bexpired \d+ seconds? ago\b/,
];

/** The hop to the IdP, and that something went wrong on it. */
export const idpHop: readonly RegExp[] = [
  /\bjwks|\bjson web key set\b|\bsigning keys?\b|\bkey set\b/,
  /\bopenid[- _]?config|\bwell-known\b|\bdiscovery\b|\bauthorization server metadata\b/,
  /\b(?:authorization server|identity provider|idp|issuer|introspection|token verification|verification of the token)\b[^\n=]{0,60}\b(?:unavailable|unreachable|down|failed|error|not (?:available|reachable)|cannot|could not|temporarily)\b/,
  /\buser ?info (?:endpoint|request|response)\b/,
  /\bcannot (?:verify|validate) (?:the |your )?tokens?\b[^\n]{0,30}\b(?:now|moment|temporarily)\b/,
];

/** Some connection went wrong. */
export const someHop: readonly RegExp[] = [
  /\bfetch failed\b|\bfailed to fetch\b|\brequest (?:to \S{1,200} )?failed\b|\bnetwork error\b|\bfetcherror\b|\bsocket\b|\bund_err_/,
];

/** An answer that puts it on somebody behind the gateway (RFC 9110 §15.6.3 to §15.6.5). Alone in its text, or a status line. */
export const behind: readonly RegExp[] = [
  /(?:^|\n)(?:http\/[\d.]{1,3} )?50[234](?: [a-z ]{1,40})?(?:\n|$)/,
  /\b(?:bad[ _]gateway|service[ _](?:temporarily )?unavailable|gateway[ _]time-?out|temporarily_unavailable)\b/,
];

/** What was seen beside what was expected: with a name of the cause in the same text, that is D4. */
export const observedAndExpected: readonly RegExp[] = [
  /\b(?:is|are|was|got|has|have|found)[: ]{1,2}(?:missing|empty|null|undefined|true|false|an? |['"[{\d-])[^\n]{0,300}\b(?:expected|at most|must be)\b/,
  /\b(?:got|answers?|answered)\b[^\n]{1,300}, expected\b/,
  /['")\]], expected\b/,
  /\b(?:expected|must be)\b[^\n]{1,300}\b(?:got|but (?:was|is|got|found)|received)\b/,
];
