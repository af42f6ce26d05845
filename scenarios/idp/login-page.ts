import { accept } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { forbidsFraming, keepsPasswords, loadsNothingElsewhere } from '../../harness/oracles/pages.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { discretion, endures } from './expectations.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

/** RFC 9700 §4.16: "Authorization servers MUST prevent clickjacking attacks." */
export default table(
  {
    family: 'login-page',
    cause: 'attack/secrets',
    remedy:
      'Send Content-Security-Policy with default-src and frame-ancestors, X-Frame-Options and Referrer-Policy with every page, and answer forms with 303.',
    needs: ['authorization-code'],
  },
  {
    frames: {
      summary: 'Another site shows the pages of the login in a frame.',
      does: authorize(),
      expect: accept({ safe: [forbidsFraming().by(rfc9700.preventsClickjacking)], resilience: endures }),
    },
    'third-parties': {
      summary: 'The pages of the login are looked at for what they load from others.',
      does: authorize(),
      expect: accept({ discretion: [loadsNothingElsewhere().by(rfc9700.nothingFromElsewhere)], resilience: endures }),
    },
    password: {
      summary: 'A user logs in, and the form with the password is answered.',
      does: authorize(),
      expect: accept({
        signal: [grants().by(rfc6749.informsClient)],
        discretion: [...discretion, keepsPasswords().by(rfc9700.no307)],
        resilience: endures,
      }),
    },
  },
);
