import { createInterface } from 'node:readline';
import { inspect } from 'node:util';
import type { ClientAnswer, ClientError, Deed, Instruction } from '../../harness/model/client.ts';

type Told<D extends Deed['do']> = Extract<Instruction, { do: D }>;
type Done = Omit<Extract<ClientAnswer, { ok: true }>, 'ok'>;

/**
 * What an application does when it is told to. Each throws what its library throws. `session` is what the application
 * knows of a user, as in the session store of a web framework: empty at first.
 */
export type Deeds<Session> = { readonly [D in Deed['do']]?: (told: Told<D>, session: Session) => Promise<Done> };

/** Speaks the protocol of docs/shim.md for an application: an instruction a line on stdin, an answer a line on stdout. */
export async function shim<Session extends object>(deeds: Deeds<Partial<Session>>): Promise<void> {
  const sessions = new Map<string, Partial<Session>>();
  for await (const line of createInterface({ input: process.stdin })) {
    const told: Instruction = JSON.parse(line);
    const session = sessions.get(told.session) ?? {};
    sessions.set(told.session, session);
    const about = 'call' in told ? `${told.do} GET ${new URL(told.call).pathname}` : told.do;
    try {
      const deed = deeds[told.do] as ((told: Instruction, session: Partial<Session>) => Promise<Done>) | undefined;
      if (deed === undefined) throw new Error(`this application does no '${told.do}'`);
      const result = await deed(told, session);
      console.error(`${about}: ${result.status ?? 'ok'}`);
      answer({ ok: true, ...result });
    } catch (error) {
      console.error(`${about} failed:`, error);
      answer({ ok: false, error: asClientError(error) });
    }
  }
}

const answer = (said: ClientAnswer) => console.log(JSON.stringify(said));

/** Calls an API as applications do whose library leaves that to them. */
export async function callApi(url: string, accessToken: string): Promise<Done> {
  return done(await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } }));
}

/** What the API answered. Throws with what it said where that is an error. */
export async function done(response: Response): Promise<Done> {
  const text = await response.text();
  if (!response.ok) throw new Error(`The API answered ${response.status}: ${text}`);
  return { status: response.status };
}

/** What was remembered when a login began. It serves once. */
export function remembered<S extends object, K extends keyof S>(session: S, key: K): NonNullable<S[K]> {
  const value = session[key];
  delete session[key];
  if (value === undefined || value === null) throw new Error('No login is under way');
  return value;
}

/**
 * The answer to an authorization request, as far as every application looks at it whose library does not: the state,
 * and an error if there is one.
 */
export function authorizationCode(callback: string, state: string): string {
  const answer = new URL(callback).searchParams;
  if (answer.get('state') !== state) throw new Error('State mismatch');
  const error = answer.get('error');
  if (error !== null) throw new Error(`Authorization failed: ${error} ${answer.get('error_description') ?? ''}`);
  return answer.get('code') ?? '';
}

/** The members by which packages give the OAuth error code, or a code of their own. */
const codes = ['error', 'errorCode', 'code'] as const;

function asClientError(error: unknown): ClientError {
  if (!(error instanceof Error)) {
    const name = Object(error).constructor?.name ?? 'Object';
    return {
      name,
      message: typeof error === 'string' ? error : inspect(error, { breakLength: Number.POSITIVE_INFINITY }),
    };
  }
  const members = error as { readonly [code in (typeof codes)[number]]?: unknown };
  const code = codes.map((name) => members[name]).find((value) => typeof value === 'string');
  return {
    // Many packages leave the name as it is; what console.error prints is their class.
    name: error.name === 'Error' ? error.constructor.name : error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.cause === undefined ? {} : { cause: asClientError(error.cause) }),
  };
}
