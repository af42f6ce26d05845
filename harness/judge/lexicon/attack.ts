import type { Terms } from './lexicon.ts';

/** What is said when an attack is turned away. */
export const attack: readonly Terms[] = [
  {
    cause: 'attack/sender-constraint',
    values: [
      /\b(?:dpop|proof)\b[^\n]{0,60}\b(?:htu|htm|ath|jkt|iat|jti|nonce)\b[^\n]{0,60}\bgot\b[^\n]{0,200}\bexpected\b/,
    ],
    names: [
      /\b(?:dpop|proof)\b[^\n=]{0,60}\b(?:missing|mismatch|invalid|replay\w{0,3}|required|already used|must|requires|outside|absent)\b|\binvalid_dpop_proof\b|\buse_dpop_nonce\b|\bclient certificate (?:is )?(?:required|missing)\b|\bconfirmation (?:claim )?mismatch\b/,
    ],
    class: [/\binvalid_token\b|\bdpop\b/],
    near: ['gateway/plugin'],
  },
  {
    cause: 'attack/mix-up',
    values: [
      /\bconfigured issuer \([^)\n]{1,300}\) does not match the issuer provided in the response by the op \(/,
      /\biss(?:uer)? (?:of|in) the response\b[^\n]{0,60}\bgot\b[^\n]{0,200}\bexpected\b/,
    ],
    names: [
      /\b(?:response|authorization response)\b[^\n]{0,30}["']iss["'][^\n=]{0,40}\b(?:mismatch|missing|unexpected|invalid)\b|\bmix-?up\b/,
      /\bunexpected ["']iss["'](?: \(issuer\))? response parameter\b|\bresponse parameter ["']iss["'](?: \(issuer\))? missing\b/,
    ],
    class: [/\biss (?:parameter|of the response)\b|\bauthorization response\b/],
    near: ['token/issuer'],
  },
  {
    cause: 'attack/csrf',
    names: [
      /\b(?:state|nonce)\b(?: parameter| value| claim)? (?:mismatch|missing|invalid|does not match|not found|was replayed)\b|\b(?:invalid|unexpected|missing) (?:id token )?["']?(?:state|nonce)\b["']?/,
      /["'](?:state|nonce)["'](?: \(nonce\))?(?: response parameter| parameter| claim)?(?: value)? missing\b/,
      /\bmismatching[ _]state\b|\bstate not equal\b|\bcsrf warning\b|\b(?:invalid|unable to verify) authorization request state\b/,
    ],
    class: [/\bcsrf\b|\bstate\b/],
    // Where PKCE is what binds a response to its browser.
    near: ['attack/code'],
  },
  {
    cause: 'attack/code',
    names: [
      /\binvalid[ _]claim: '(?:at|c)_hash'|\b(?:at|c)_hash"? hash value \([^)\n]{1,100}\) does not match\b/,
      /\b(?:at|c)_hash\b[^\n=]{0,40}\b(?:mismatch|invalid|wrong|missing|not match)\b/,
      /\bcode\b[^\n=]{0,30}\b(?:already (?:been )?(?:used|redeemed|consumed)|used before|reused|replayed|(?:has |is |was )?expired|not (?:found|known)|not one of this client|of another client|redirecturi mismatch)\b|\binvalid; client mismatch\b|\bcode[ _](?:verifier|challenge)\b[^\n=]{0,60}\b(?:does not match|must be|not match|is (?:not|invalid))\b|\bauthorization code is invalid\b|\btransform algorithm\b|\bcode_challenge_method\b(?!=)|\bno code_challenge\b|\bpkce (?:to be |is )?(?:used|required)\b|\brequires pkce\b|\bmissing parameter: .{0,2}code_verifier\b|\b(?:pkce|code_verifier|code_challenge)\b[^\n=]{0,60}\b(?:failed|mismatch|missing|invalid|required|wrong)\b/,
    ],
    class: [/\binvalid_grant\b|\bpkce\b/],
    near: ['client/redirect-uri', 'migration/error-mapping'],
  },
  { cause: 'attack/open-redirect', names: [/\bopen redirect\b/], class: [/\binvalid_request\b|\bredirect[ _]uri\b/] },
  {
    cause: 'attack/secrets',
    names: [/\b(?:secret|token|credential)s?\b[^\n=]{0,30}\b(?:leaked|exposed|in (?:the )?url)\b/],
    class: [/\binvalid_request\b/],
    near: ['gateway/plugin'],
  },
];
