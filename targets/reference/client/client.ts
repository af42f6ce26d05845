import { Agent } from 'undici';
import type { ClientAnswer, Instruction } from '../../../harness/model/client.ts';
import type { ClientWiring, DriverIo, Instance } from '../../../harness/model/target.ts';
import { lookupWithin } from '../gateway/lookup.ts';
import { carryOut, type Session } from './deeds.ts';
import { type Client, correct, type Parts } from './parts.ts';
import { checkSettings, type Limits, limits as standard } from './settings.ts';

/**
 * Starts the client. It does not need the IdP for that: its metadata is fetched when the first user comes. Throws a
 * `FailwellError` (`config`) when its settings cannot work.
 */
export async function startClient(
  wiring: ClientWiring,
  io: DriverIo,
  parts: Parts = correct,
  limits: Limits = standard,
): Promise<Instance> {
  try {
    checkSettings(wiring);
  } catch (error) {
    io.log('stderr', `level=error cause="${(error as Error).message}"`);
    throw error;
  }
  const stopping = new AbortController();
  const exited = Promise.withResolvers<string>();
  const lookup = lookupWithin(limits.nameDeadline, wiring.names?.lookup);
  const connect = { ca: wiring.ca.pem, timeout: limits.connectDeadline, lookup };
  const agent = new Agent({ allowH2: false, connect, headersTimeout: 0, bodyTimeout: 0 });
  const client: Client = {
    wiring,
    limits,
    parts,
    agent,
    sessions: new Map(),
    quietUntil: new Map(),
    stopped: stopping.signal,
    log: (stream, line) => io.log(stream, line),
    end(reason) {
      stopping.abort();
      void agent.destroy();
      exited.resolve(reason);
    },
    get metadata() {
      return metadata;
    },
    get keys() {
      return keys;
    },
  };
  const metadata = parts.keepMetadata(client);
  const keys = parts.keepKeys(client);
  return {
    url: '',
    exited: exited.promise,
    ask: (instruction, signal) => answer(instruction, client, signal),
    async stop() {
      client.end('was stopped');
    },
  };
}

/** Carries out an instruction, logs it and answers. Rejects when the client ended or was not waited for. */
async function answer(instruction: Instruction, client: Client, signal: AbortSignal): Promise<ClientAnswer> {
  const { parts, stopped } = client;
  const given = Promise.withResolvers<never>();
  const leave = AbortSignal.any([signal, stopped]);
  const giveUp = () =>
    given.reject(new Error(stopped.aborted ? 'the client has ended' : 'nobody waited for the answer'));
  leave.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([carriedOut(instruction, client), given.promise]);
  } finally {
    leave.removeEventListener('abort', giveUp);
  }

  async function carriedOut(asked: Instruction, { limits, sessions }: Client): Promise<ClientAnswer> {
    const session: Session = sessions.get(asked.session) ?? {};
    sessions.set(asked.session, session);
    for (const [oldest] of sessions) if (sessions.size > limits.sessions) sessions.delete(oldest);
    try {
      const success = await carryOut(asked, session, client);
      report(asked, undefined);
      return success;
    } catch (error) {
      const failure = parts.classify(error);
      report(asked, failure);
      const { code, says } = failure.facts;
      return { ok: false, error: { name: failure.name, message: says, code } };
    }
  }

  function report(asked: Instruction, failure: Parameters<Parts['explain']>[1]): void {
    const line = parts.explain(asked, failure);
    if (line !== undefined) parts.write(client, line);
  }
}
