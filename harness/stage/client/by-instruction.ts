import type { ClientAnswer, ClientSuccess, Deed, Instruction } from '../../model/client.ts';
import type { Json } from '../../model/json.ts';
import type { ClientWiring, Instance } from '../../model/target.ts';
import { shellText } from '../by-hand.ts';
import { walk } from '../user-agent/walk.ts';
import { atIdp, stranded } from './browsing.ts';
import type { Came, Doer, Login, Task } from './doer.ts';
import { inWords } from './told.ts';

type Ask = NonNullable<Instance['ask']>;

/**
 * Gets a client without pages to do things: each is an instruction, or two around what the user does in the browser.
 * What it asks to keep is kept by session in `kept`.
 */
export function byInstruction(options: {
  readonly ask: Ask;
  readonly wiring: ClientWiring;
  /** Scope values of the API alone: a client by itself is no user. */
  readonly apiScope: string;
  readonly kept: Map<string, Json>;
}): Doer {
  const { ask, wiring, apiScope, kept } = options;

  let last: Instruction | undefined;

  async function answerTo(deed: Deed, { session, signal }: Pick<Task, 'session' | 'signal'>): Promise<ClientAnswer> {
    const memory = kept.get(session);
    const scope = deed.do === 'client-credentials' ? apiScope : wiring.scope;
    const instruction: Instruction = {
      ...settingsOf(wiring),
      scope,
      session,
      ...(memory !== undefined && { kept: memory }),
      ...deed,
    };
    last = instruction;
    const answer = await ask(instruction, signal);
    if (answer.keep !== undefined) kept.set(session, answer.keep);
    return answer;
  }
  const call = ({ step }: Task) => `${wiring.api}/items/${step}`;
  const done = async (deed: Deed, task: Task) => came(await answerTo(deed, task));

  /** Lets a user log in, up to the response that comes back. */
  async function authorize(
    task: Pick<Task, 'session' | 'signal' | 'browser'>,
    { user, denies }: Pick<Login, 'user' | 'denies'>,
  ): Promise<{ readonly callback: string } | Came> {
    const begun = await answerTo({ do: 'begin-login' }, task);
    if (!begun.ok) return came(begun);
    if (begun.redirect === undefined) return { outcome: 'indeterminate', detail: 'begin-login gave no redirect' };
    const arrival = await walk({
      agent: task.browser,
      request: { method: 'GET', url: begun.redirect },
      signal: task.signal,
      stops: (url) => url.startsWith(wiring.redirectUri),
      act: atIdp(user, denies),
    });
    if (arrival.at !== 'elsewhere' || !arrival.url.startsWith(wiring.redirectUri)) return stranded(arrival);
    const callback = new URL(arrival.url);
    // What came as a form is told as a query: a client without pages reads one alone.
    for (const [name, value] of arrival.posted ?? []) callback.searchParams.append(name, value);
    return { callback: callback.href };
  }

  return {
    async logIn(task, { callback: which, other, ...login }) {
      const own = await authorize(task, login);
      if (!('callback' in own)) return own;
      const theirs =
        which === 'of-other-session' ? await authorize({ ...task, ...other }, { ...login, user: other.user }) : own;
      if (!('callback' in theirs)) return theirs;
      const finish = async () => done({ do: 'finish-login', callback: theirs.callback, call: call(task) }, task);
      const first = await finish();
      return which === 'twice' && first.outcome === 'accepted' ? await finish() : first;
    },
    openPage: (task) => done({ do: 'call', call: call(task) }, task),
    obtainToken: (task) => done({ do: 'client-credentials', call: call(task) }, task),
    refresh: (task) => done({ do: 'refresh', call: call(task) }, task),
    byHand() {
      if (last === undefined) return undefined;
      const { clientSecret } = wiring;
      const secrets = {
        ...(clientSecret !== '' && { CLIENT_SECRET: clientSecret }),
        ...('callback' in last && { CALLBACK: last.callback }),
        ...(last.kept !== undefined && { KEPT: JSON.stringify(last.kept) }),
      };
      return { how: 'stdin', line: `printf '%s\\n' ${shellText(JSON.stringify(last), secrets)}`, secrets };
    },
  };
}

function settingsOf(wiring: ClientWiring) {
  const { issuer, endpoints, clientId, clientSecret, redirectUri, scope, ca } = wiring;
  return {
    issuer,
    authorization_endpoint: endpoints.authorization ?? '',
    token_endpoint: endpoints.token ?? '',
    jwks_uri: endpoints.jwks ?? '',
    userinfo_endpoint: endpoints.userinfo ?? '',
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    scope,
    ca_file: ca.file,
  };
}

/** An answer is explicit: an error, or an error status of the API, is a refusal. */
function came(answer: ClientAnswer): Came {
  if (answer.ok) return succeeded(answer);
  const told = inWords(answer.error);
  return { outcome: 'refused', detail: answer.error.code ?? answer.error.name, told };
}

function succeeded({ status, sub }: ClientSuccess): Came {
  if (status !== undefined && status >= 400) {
    return { outcome: 'refused', detail: `the API answered ${status}`, told: `the API answered ${status}` };
  }
  return { outcome: 'accepted', detail: [sub, status].filter((word) => word !== undefined).join(' ') || 'done' };
}
