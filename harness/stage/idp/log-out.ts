import { recognise, submission } from '../user-agent/forms.ts';
import type { UserAgent } from '../user-agent/user-agent.ts';
import { type Arrival, walk } from '../user-agent/walk.ts';
import type { Metadata } from './metadata.ts';
import type { Came } from './outcome.ts';

/** Sends a user's browser to log out (RP-Initiated Logout 1.0 §2), and says yes to what it is asked. */
export async function logOut(options: {
  readonly agent: UserAgent;
  readonly metadata: Pick<Metadata, 'at'>;
  /** The ID token of the login that ends. */
  readonly hint: string;
  readonly clientId?: string;
  /** Where the browser goes then, if the client has registered any place. */
  readonly goesTo?: string | undefined;
  readonly signal: AbortSignal;
}): Promise<Arrival> {
  const { agent, metadata, hint, clientId, goesTo, signal } = options;
  const url = new URL(metadata.at('end-session'));
  url.searchParams.set('id_token_hint', hint);
  if (clientId !== undefined) url.searchParams.set('client_id', clientId);
  if (goesTo !== undefined) url.searchParams.set('post_logout_redirect_uri', goesTo);
  return await walk({
    agent,
    request: { method: 'GET', url: url.href },
    signal,
    stops: (to) => goesTo !== undefined && to.startsWith(goesTo),
    act(page) {
      if (page.status >= 400) return undefined;
      const asked = recognise(page.html, { username: '', password: '' }, 'yes');
      return asked?.as === 'consent' || asked?.as === 'continue'
        ? submission(page.url, asked.form, asked.submit)
        : undefined;
    },
  });
}

/** What a logout comes to: back at the client, or left with a page of the IdP's, which says whether it was one. */
export function cameOfLogout(arrival: Arrival, goesTo: string | undefined): Came {
  switch (arrival.at) {
    case 'nothing':
      return { outcome: 'indeterminate', detail: arrival.sent.error?.code ?? arrival.sent.end };
    case 'nowhere':
      return { outcome: 'indeterminate', detail: arrival.why };
    case 'page': {
      const { status, html } = arrival.page;
      const detail = `${status} page${html.title === '' ? '' : ` '${html.title}'`}`;
      return { outcome: status >= 400 ? 'refused' : 'accepted', detail };
    }
    case 'elsewhere': {
      const back = goesTo !== undefined && arrival.url.startsWith(goesTo);
      const { origin, pathname } = new URL(arrival.url);
      return {
        outcome: back ? 'accepted' : 'indeterminate',
        detail: back ? 'back at the client' : `led to ${origin}${pathname}`,
      };
    }
  }
}
