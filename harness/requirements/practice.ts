import type { Level, Requirement } from '../model/requirement.ts';
import type { Tags } from './document.ts';

/** A rule of Failwell's own; `docs/practice.md` gives the reason for each. */
function practised(level: Exclude<Level, 'MUST'>, name: string, quote: string, tags?: Tags): Requirement {
  return { id: `practice/${name}`, level, quote, href: `docs/practice.md#${name}`, ...tags };
}

/** What no RFC obliges and good components do all the same. At most a warning, unless a profile raises it. */
export const practice = {
  operatorLearnsCause: practised(
    'SHOULD',
    'operator-learns-cause',
    'A refusal SHOULD leave a log line that names its root cause, with what was seen and what was expected.',
    { cwe: ['CWE-778'], asvs: ['16.2.1', '16.3.2'] },
  ),
  callerLearnsClass: practised(
    'SHOULD',
    'caller-learns-class',
    'An answer that refuses SHOULD tell the caller which kind of failure it was, in the words of the protocol.',
  ),
  admitsFailure: practised('SHOULD', 'admits-failure', 'What could not be done SHOULD NOT be reported as done.', {
    cwe: ['CWE-393', 'CWE-390'],
    asvs: ['16.5.3'],
  }),
  credentialsToIssuerAlone: practised(
    'SHOULD',
    'credentials-to-issuer-alone',
    'A client SHOULD send its credentials, codes and verifiers to its own issuer alone.',
    { cwe: ['CWE-522'], asvs: ['10.2.2'] },
  ),
  callerNotBlamed: practised(
    'SHOULD',
    'caller-not-blamed',
    'When the IdP or the upstream is at fault, the answer SHOULD NOT put it on the caller or its token.',
  ),
  noSecretInLog: practised(
    'SHOULD',
    'no-secret-in-log',
    'A log line SHOULD NOT hold a token, a code, a secret or a key.',
    {
      cwe: ['CWE-532'],
      asvs: ['16.2.5'],
    },
  ),
  noSecretInAnswer: practised(
    'SHOULD',
    'no-secret-in-answer',
    'An answer or redirect SHOULD NOT hold a token, a secret or a key that it was not asked to hand out.',
    { cwe: ['CWE-209', 'CWE-200'], asvs: ['16.5.1'] },
  ),
  noStackTrace: practised('SHOULD', 'no-stack-trace', 'An answer SHOULD NOT hold a stack trace.', {
    cwe: ['CWE-209'],
    asvs: ['16.5.1'],
  }),
  noInternalAddress: practised(
    'SHOULD',
    'no-internal-address',
    'An answer SHOULD NOT name hosts, ports, paths or URLs behind the component.',
    { cwe: ['CWE-209', 'CWE-497'], asvs: ['16.5.1'] },
  ),
  survivesInput: practised(
    'SHOULD',
    'survives-input',
    'No input SHOULD end the process or answer as an internal error.',
    {
      cwe: ['CWE-248', 'CWE-755'],
      asvs: ['16.5.3', '16.5.4'],
    },
  ),
  answersWithinDeadline: practised(
    'SHOULD',
    'answers-within-deadline',
    'A request SHOULD be answered within the declared deadline, whatever is broken behind.',
    { cwe: ['CWE-400'], asvs: ['13.2.6'] },
  ),
  leewayAsDeclared: practised(
    'SHOULD',
    'leeway-as-declared',
    'An expired token SHOULD NOT be accepted for longer than the declared leeway, or a few minutes.',
    { cwe: ['CWE-613'] },
  ),
  boundedRetries: practised(
    'SHOULD',
    'bounded-retries',
    'Requests to a broken party SHOULD be bounded in number and spaced in time.',
    { cwe: ['CWE-400'], asvs: ['13.2.6', '16.5.2'] },
  ),
  recovers: practised(
    'SHOULD',
    'recovers',
    'A component SHOULD work again within its declared recovery time after the fault is gone, without a restart.',
    { asvs: ['16.5.2'] },
  ),
  retryAfterHonoured: practised(
    'SHOULD',
    'retry-after-honoured',
    'No further request SHOULD be sent before the time that Retry-After asks for has passed.',
  ),
  tolerates: practised(
    'SHOULD',
    'tolerates',
    'What is unusual but harmless SHOULD be accepted, even where no specification obliges to.',
  ),
  keepsSessions: practised(
    'SHOULD',
    'keeps-sessions',
    'A failure of the IdP that passes SHOULD NOT cost users their sessions.',
    { asvs: ['16.5.2'] },
  ),
  keepsWorkingOnCachedKeys: practised(
    'SHOULD',
    'keeps-working-on-cached-keys',
    'Tokens signed with a key that is already known SHOULD be accepted while the IdP is out of reach, within the declared cache time.',
    { asvs: ['16.5.2'] },
  ),
  stalenessWithinDeclared: practised(
    'SHOULD',
    'staleness-within-declared',
    'A cached answer SHOULD NOT be used for longer than the declared cache time.',
    { cwe: ['CWE-613'] },
  ),
  neverContactsTokenUrl: practised(
    'SHOULD',
    'never-contacts-token-url',
    'No request SHOULD be sent to an address that only the token names.',
    { cwe: ['CWE-918'], asvs: ['9.1.3'] },
  ),
  noVersion: practised('SHOULD', 'no-version', 'An answer SHOULD NOT name the version of the software that made it.', {
    cwe: ['CWE-200'],
    asvs: ['13.4.6'],
  }),
  referrerHidden: practised(
    'SHOULD',
    'referrer-hidden',
    'A page of the IdP SHOULD say by a Referrer-Policy that its URL is told to nobody else.',
    { cwe: ['CWE-598'], asvs: ['3.4.5'] },
  ),
  cookiesGuarded: practised(
    'SHOULD',
    'cookies-guarded',
    'A cookie of the IdP SHOULD have Secure and SameSite, and HttpOnly unless scripts have to read it.',
    { cwe: ['CWE-1004', 'CWE-614', 'CWE-1275'], asvs: ['3.3.1', '3.3.2', '3.3.4'] },
  ),
  fetchesRegisteredAlone: practised(
    'SHOULD',
    'fetches-registered-alone',
    'An IdP SHOULD fetch for a client only what that client has registered.',
    { cwe: ['CWE-918'] },
  ),
  tellsOfLogout: practised(
    'SHOULD',
    'tells-of-logout',
    'An IdP that offers back-channel logout SHOULD tell every client of a session when that session ends.',
    { cwe: ['CWE-613'] },
  ),
};
