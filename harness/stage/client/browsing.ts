import type { OpenLink } from '../../../mocks/links/link.ts';
import type { Page } from '../../model/page.ts';
import type { Party } from '../../model/parties.ts';
import { bare } from '../user-agent/bare.ts';
import { formEncoded } from '../user-agent/form-encoded.ts';
import { recognise, submission } from '../user-agent/forms.ts';
import { type AgentRequest, type UserAgent, userAgent } from '../user-agent/user-agent.ts';
import type { Arrival } from '../user-agent/walk.ts';
import type { Came } from './doer.ts';

/** Somebody in front of a browser. */
export interface User {
  readonly username: string;
  readonly password: string;
}

/** A browser of somebody who has never been anywhere. It reaches the IdP and the client over the links of its own. */
export function newBrowser(
  links: ReadonlyMap<string, OpenLink>,
  at: { readonly issuer: string; readonly publicUrl: string },
): UserAgent {
  const parties: { readonly [origin: string]: Party } = {
    [new URL(at.issuer).origin]: 'idp',
    [new URL(at.publicUrl).origin]: 'client',
  };
  return userAgent({
    linkTo: ({ origin }) => links.get(`browser→${parties[origin]}`),
    headers: ({ host }) => [
      ['Host', host],
      ['Accept-Language', 'en'],
      ['User-Agent', 'Mozilla/5.0 (Failwell)'],
    ],
  });
}

/** What a user does with the pages of an IdP: logs in once, then consents or denies. */
export function atIdp(user: User, denies: boolean): (page: Page) => AgentRequest | undefined {
  let tried = false;
  return ({ url, status, html }) => {
    const recognised = status < 400 ? recognise(html, user, denies ? 'no' : 'yes') : undefined;
    // A login page that comes again did not take what it was given.
    if (recognised === undefined || (recognised.as === 'login' && tried)) return undefined;
    tried ||= recognised.as === 'login';
    if ('link' in recognised) return { method: 'GET', url: new URL(recognised.link, url).href };
    return submission(url, recognised.form, recognised.submit);
  };
}

type Elsewhere = Extract<Arrival, { readonly at: 'elsewhere' }>;

/** The request by which the browser goes on to where it was stopped. */
export function goingOn({ url, posted }: Elsewhere): AgentRequest {
  if (posted === undefined) return { method: 'GET', url };
  const headers = [['Content-Type', 'application/x-www-form-urlencoded']] as const;
  return { method: 'POST', url, headers, body: formEncoded(posted) };
}

/** A walk that ended where the client has no part in it: what the IdP showed, or did not, is not its doing. */
export function stranded(arrival: Arrival): Came {
  switch (arrival.at) {
    case 'page': {
      const { url, status, html, source } = arrival.page;
      const text = html.text || source;
      const said = text.replaceAll(/\s+/g, ' ').slice(0, 200);
      const page = { url: bare(url), text, party: 'idp' as const };
      return { outcome: 'indeterminate', detail: `the user was left at the IdP: ${status} ${said}`, page };
    }
    case 'elsewhere':
      return { outcome: 'indeterminate', detail: `the browser was led away to ${bare(arrival.url)}` };
    case 'nothing': {
      const { error, end } = arrival.sent;
      return { outcome: 'indeterminate', detail: `the browser got no answer: ${error?.code ?? end}` };
    }
    case 'nowhere':
      return { outcome: 'indeterminate', detail: arrival.why };
  }
}
