import type { AdjustableClock } from '../../../mocks/clock/clock.ts';
import { type Duration, milliseconds } from '../../model/time.ts';
import type { SingleStep } from '../cast.ts';
import type { PlainDeed } from '../plain-step.ts';
import type { StageIdp } from '../restartable-idp.ts';

/** What an IdP does of itself, with nobody asking through a link: undefined for any other step. */
export function deedOfIdp(
  step: SingleStep,
  { idp, clock }: { readonly idp: StageIdp; readonly clock: AdjustableClock },
): PlainDeed | undefined {
  if (step.do === 'rotate-keys') {
    const { withdraw } = step;
    return done('rotated', () => idp.rotateKeys({ withdraw }));
  }
  if (step.do !== 'drive') return undefined;
  const { user = 'alice', by } = step.with;
  switch (step.what) {
    case 'end-sessions':
      return done('ended', () => idp.logOut(String(user)));
    case 'restart-idp':
      return done('restarted', () => idp.restart());
    case 'pass-time':
      return done('passed', () => clock.skew(milliseconds(String(by) as Duration)));
    default:
      return undefined;
  }
}

function done(detail: string, does: () => unknown): PlainDeed {
  return async () => {
    await does();
    return { outcome: 'accepted', detail };
  };
}
