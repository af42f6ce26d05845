interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

/** A tab of a browser without a screen. `cookie` is what it sends from the beginning. */
export function openTab(cookie?: string) {
  const jar = new Map<string, string>(cookie ? [cookie.split('=') as [string, string]] : []);
  const visit = async (url: string, init: RequestInit = {}): Promise<Page> => {
    const sent = [...jar].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(url, { ...init, headers: { cookie: sent }, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name as string, value as string);
    }
    const next = answer.headers.get('location');
    if (next !== null) return visit(new URL(next, url).href);
    return { url: new URL(url), status: answer.status, text: await answer.text() };
  };
  /** Sends the form of a page, with these fields filled in. */
  const submit = async (page: Page, fields: { readonly [name: string]: string } = {}) => {
    const [, action = ''] = /action="([^"]+)"/.exec(page.text) ?? [];
    const body = new URLSearchParams({ ...hiddenFields(page), ...fields });
    return visit(new URL(action, page.url).href, { method: 'POST', body });
  };
  return { visit, submit };
}

/** What the form of a page holds besides what the user fills in. */
export const hiddenFields = ({ text }: Page): { readonly [name: string]: string } =>
  Object.fromEntries([...text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, ...pair]) => pair));
