import type { ClientSuccess, Deed, Instruction } from '../../../harness/model/client.ts';
import { type Pending, readResponse } from './authorization.ts';
import { apiRefused, type Called } from './call.ts';
import { failure } from './failure.ts';
import type { Client } from './parts.ts';
import type { Tokens } from './token-endpoint.ts';

/** What the client knows of a browser's session. */
export interface Session {
  pending?: Pending | undefined;
  tokens?: Tokens | undefined;
  sub?: string | undefined;
}

type Do<D extends Deed['do']> = Extract<Instruction, { readonly do: D }>;

/** Carries out an instruction. Throws a `Failure` or a `Refusal`. */
export async function carryOut(deed: Instruction, session: Session, client: Client): Promise<ClientSuccess> {
  switch (deed.do) {
    case 'client-credentials':
      return await byItself(deed, client);
    case 'begin-login':
      return await begin(session, client);
    case 'finish-login':
      return await finish(deed, session, client);
    case 'refresh': {
      const tokens = await renew(session, client);
      return await called(deed.call, await client.parts.callApi(deed.call, tokens.access, client));
    }
    case 'call':
      return await call(deed, session, client);
  }
}

async function byItself({ call: url, scope }: Do<'client-credentials'>, client: Client): Promise<ClientSuccess> {
  const { parts } = client;
  const { access } = await parts.requestTokens({ parameters: { grant_type: 'client_credentials', scope } }, client);
  return called(url, await parts.callApi(url, access, client));
}

async function begin(session: Session, client: Client): Promise<ClientSuccess> {
  const { parts } = client;
  const { authorization_endpoint } = await client.metadata.current();
  session.pending = parts.newLogin();
  const url = new URL(authorization_endpoint);
  const request = parts.authorizationRequest(session.pending, client);
  for (const [name, value] of Object.entries(request)) url.searchParams.set(name, value);
  return { ok: true, redirect: url.href };
}

async function finish(
  { callback, call: url }: Do<'finish-login'>,
  session: Session,
  client: Client,
): Promise<ClientSuccess> {
  const { parts, wiring } = client;
  const response = readResponse(callback);
  const pending = parts.checkState(response, session.pending);
  // Used up, whatever comes of it.
  session.pending = undefined;
  parts.checkResponseIssuer(response, await client.metadata.current(), client);
  const parameters = {
    grant_type: 'authorization_code',
    code: parts.codeOf(response),
    redirect_uri: wiring.redirectUri,
    code_verifier: pending.verifier,
  };
  const tokens = await parts.requestTokens({ parameters, once: true }, client);
  const { sub } = await parts.checkIdToken(tokens, { nonce: pending.nonce }, client);
  const user = await parts.askUserInfo(tokens, client);
  if (user !== undefined) parts.checkUserInfo(user, String(sub));
  session.tokens = tokens;
  session.sub = String(user?.sub ?? sub);
  return { ...(await called(url, await parts.callApi(url, tokens.access, client))), sub: session.sub };
}

/** Refreshes the tokens of a session (RFC 6749 §6). A refresh token that is no longer good ends it. */
async function renew(session: Session, client: Client): Promise<Tokens> {
  const { parts } = client;
  const old = session.tokens;
  if (old?.refresh === undefined) {
    const why = old === undefined ? 'nobody is logged in in this session' : 'there is no refresh token';
    throw failure('login_required', 'the session is over: log in again', `cannot refresh: ${why}`);
  }
  try {
    const parameters = { grant_type: 'refresh_token', refresh_token: old.refresh };
    const fresh = await parts.requestTokens({ parameters, once: true }, client);
    if (fresh.idToken !== undefined) {
      await parts.checkIdToken(fresh, session.sub === undefined ? {} : { sub: session.sub }, client);
    }
    session.tokens = { refresh: old.refresh, ...fresh };
    return session.tokens;
  } catch (error) {
    const told = parts.classify(error);
    if (told.facts.code !== 'invalid_grant') throw error;
    session.tokens = undefined;
    throw failure(
      'invalid_grant',
      'the session is over (invalid_grant): log in again',
      `refresh token refused, it is expired or revoked: ${told.facts.because}`,
    );
  }
}

/** Calls the API with the token at hand; one that has run out or is refused is renewed, once. */
async function call({ call: url }: Do<'call'>, session: Session, client: Client): Promise<ClientSuccess> {
  const { parts, limits } = client;
  if (session.tokens === undefined) {
    throw failure('login_required', 'log in first', 'cannot call the API: nobody is logged in in this session');
  }
  const { expiresAt = Number.POSITIVE_INFINITY } = session.tokens;
  const stale = expiresAt - performance.now() < limits.renewBefore && session.tokens.refresh !== undefined;
  const tokens = stale ? await renew(session, client) : session.tokens;
  const answer = await parts.callApi(url, tokens.access, client);
  if (answer.status !== 401 || stale || !parts.renewsRefused(session)) return called(url, answer);
  return called(url, await parts.callApi(url, (await renew(session, client)).access, client));
}

/** Whether a token that the API refused is worth another try. */
export const renewsRefused = ({ tokens }: Session): boolean => tokens?.refresh !== undefined;

async function called(url: string, answer: Called): Promise<ClientSuccess> {
  if (answer.status >= 400) throw apiRefused(url, answer);
  return { ok: true, status: answer.status };
}
