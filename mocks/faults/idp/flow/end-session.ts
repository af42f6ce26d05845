import type { HttpAnswer } from '../../../../harness/model/http.ts';
import { family } from '../family.ts';

const fault = family('end-session', { seam: 'end-session-answer', layer: 'flow', cause: 'attack/csrf' });

/** Where the browser is sent after the logout, changed; an answer that sends it nowhere as it is. */
const sending =
  (change: (location: URL) => void) =>
  (answer: HttpAnswer): HttpAnswer => ({
    ...answer,
    headers: answer.headers.map(([name, value]) => {
      if (name.toLowerCase() !== 'location') return [name, value] as const;
      const location = new URL(value);
      change(location);
      return [name, location.href] as const;
    }),
  });

const withState = (location: URL, state: string) => {
  if (location.searchParams.has('state')) location.searchParams.set('state', state);
};

// OpenID Connect RP-Initiated Logout 1.0 §3: `state` comes back as it was sent.
export const endSessionStateMissing = () =>
  fault(
    'state-missing',
    'state is missing',
    sending((location) => location.searchParams.delete('state')),
  );
export const endSessionStateWrong = () =>
  fault('state-wrong', 'state is a random one', (answer, random) =>
    sending((location) => withState(location, random.hex(16)))(answer),
  );
export const endSessionStateOther = ({ state = 'state-of-another-session' }: { readonly state?: string } = {}) =>
  fault(
    'state-other',
    "state is another session's",
    sending((location) => withState(location, state)),
  );
export const endSessionRedirectOther = ({ uri = 'https://attacker.invalid/' }: { readonly uri?: string } = {}) =>
  fault(
    'redirect-other',
    'the browser is sent to a place that is not registered',
    sending((location) => {
      location.href = uri;
    }),
    'attack/open-redirect',
  );
