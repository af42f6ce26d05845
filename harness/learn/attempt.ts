import { FailwellError } from '../model/error.ts';
import type { Login } from '../model/idp.ts';
import type { OpenStage, StepResult } from '../model/stage.ts';
import type { AskIdp, Authorize } from '../model/step.ts';
import type { Target } from '../model/target.ts';

/** On whose pages and as whom. */
export interface Walker {
  readonly target: Target<'idp'>;
  /** The client that sends its user there. */
  readonly client: NonNullable<Authorize['client']>;
  readonly open: OpenStage;
  readonly signal: AbortSignal;
}

/** Sends a user there on a stage of its own; when a code comes back, it is redeemed. */
export async function attempt(
  { target, client, open, signal }: Walker,
  login: Login,
  step: Omit<Authorize, 'do' | 'client'>,
): Promise<{ readonly login: StepResult; readonly redeemed?: StepResult }> {
  const with_ = { ...target, idp: { ...target.idp, login } } as Target;
  await using stage = await open({ target: with_, instance: `${target.id}#learn`, cold: true, signal });
  await startOn(stage, signal);
  stage.begin({ seedPath: 'learn', emit: () => undefined });
  try {
    const result = await stage.perform({ do: 'authorize', client, ...step }, 'stimulus', signal);
    signal.throwIfAborted();
    if (result.outcome !== 'accepted') return { login: result };
    const redeem: AskIdp = { do: 'ask-idp', what: 'redeem', client };
    return { login: result, redeemed: await stage.perform(redeem, 'stimulus', signal) };
  } finally {
    stage.end();
  }
}

/** A cold stage only records that its target did not start: here it is the end. */
async function startOn(stage: Awaited<ReturnType<OpenStage>>, signal: AbortSignal): Promise<void> {
  let why = '';
  stage.begin({
    seedPath: 'start',
    emit: (entry) => {
      if (entry.kind === 'target' && entry.event === 'not-ready') why = entry.detail;
    },
  });
  await stage.start(signal);
  stage.end();
  if (!stage.alive) throw new FailwellError('target-not-ready', why || `${stage.target.id} did not start.`);
}
