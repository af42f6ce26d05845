import { mutant } from '../../chain/variant.ts';
import gateway from '../never-refetches-jwks.ts';

export default mutant(
  'stale-gateway',
  { gateway },
  {
    summary: 'its gateway never fetches keys again',
    caughtBy: [
      'chain/keys/rotated-between-logins',
      'chain/keys/withdrawn-between-logins',
      'chain/restart/between-logins',
    ],
  },
);
