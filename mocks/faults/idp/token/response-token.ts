import { tokenFault, withClaims, withoutClaims } from '../../token/draft.ts';
import { onResponseToken } from './carry.ts';

/** JARM §2.1: `iss`, `aud` and `exp` protect the response; what else is wrong with it comes with carried flaws. */
export const responseTokenAudienceOtherClient = () =>
  onResponseToken(
    tokenFault('audience-other-client', 'attack/mix-up', 'aud names another client', (draft) =>
      withClaims(draft, { aud: 'other-client' }),
    ),
  );

export const responseTokenStateMissing = () =>
  onResponseToken(
    tokenFault('state-missing', 'attack/csrf', 'state is missing', (draft) => withoutClaims(draft, 'state')),
  );

export const responseTokenStateOther = () =>
  onResponseToken(
    tokenFault('state-other', 'attack/csrf', "state is another session's", (draft) =>
      withClaims(draft, { state: 'state-of-another-session' }),
    ),
  );
