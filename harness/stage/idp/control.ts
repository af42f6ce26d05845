import type { Phase } from '../../model/history.ts';
import type { AskIdp, ClientRole } from '../../model/step.ts';
import type { RegisteredClient } from '../../model/target.ts';
import type { AtHand } from './at-hand.ts';
import { clockMistake, mistakeIn, unknownClients, withoutRefreshToken } from './mistakes.ts';
import type { Came } from './outcome.ts';
import { ask, logIn } from './visits.ts';

/** A request for tokens with a code that nobody has issued. */
const noCode = (client: RegisteredClient | undefined) => ({
  grant_type: 'authorization_code',
  code: 'nobody-has-issued-this-code',
  redirect_uri: client?.redirectUris[0] ?? '',
});

/**
 * What a stimulus is without a fault: a login and the code's redemption, or, where there is no login, a client's own token.
 * One that does not pass says in sentences what is probably wrong in the target's file; before the first that did, all
 * of it is looked for.
 */
export function controlWith(hand: AtHand): (id: string, signal: AbortSignal, phase: Phase) => Promise<Came> {
  const { target, surroundings } = hand.backstage;
  let proven = false;

  async function mistaken(came: Came, at: 'authorization' | 'token', id: string, signal: AbortSignal): Promise<Came> {
    const { scope, wiring, known } = hand;
    const first = mistakeIn(came, at, wiring.clients.confidential, { scope, user: wiring.user.username });
    if (proven) return { ...came, detail: first };
    const redeem = (client: ClientRole) => {
      const step: AskIdp = { do: 'ask-idp', what: 'token', client, parameters: noCode(wiring.clients[client]) };
      return ask(hand, step, id, signal, 'control-before');
    };
    const clients = target.capabilities.includes('client-secret') ? await unknownClients(wiring.clients, redeem) : [];
    const also = [...clients, clockMistake(known?.metadata.date, surroundings.clock.now())];
    const all = [first, ...also.filter((one) => one !== undefined && one !== first)];
    return { ...came, detail: all.join('; and ') };
  }

  return async (id, signal, phase) => {
    const keep = `control ${id}`;
    if (!target.capabilities.includes('authorization-code'))
      return await ask(hand, { do: 'ask-idp', what: 'client-credentials', keep }, id, signal, phase);
    const login = await logIn(hand, { do: 'authorize', keep }, id, signal, phase);
    if (login.outcome !== 'accepted') return await mistaken(login, 'authorization', id, signal);
    const came = await ask(hand, { do: 'ask-idp', what: 'redeem', of: keep }, id, signal, phase);
    if (came.outcome !== 'accepted') return await mistaken(came, 'token', id, signal);
    const missing = proven ? undefined : withoutRefreshToken(target, came, hand.scope);
    if (missing !== undefined) return { outcome: 'indeterminate', detail: missing };
    proven = true;
    return came;
  };
}
