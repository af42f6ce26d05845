import type { Step } from '../../harness/model/step.ts';
import { answers } from '../../harness/oracles/answers.ts';
import { accept, either } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { hidesStore } from '../../harness/oracles/hides-store.ts';
import { names } from '../../harness/oracles/names.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { redirectsWithError } from '../../harness/oracles/redirects.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { hangs, refused, resets } from '../../mocks/faults/links/connection.ts';
import { closes, latency, stalls, resets as streamResets } from '../../mocks/faults/links/stream.ts';
import { brokenFor } from '../broken.ts';
import { discretion, endures } from './expectations.ts';
import { authorize } from './stimuli.ts';

const cause = 'idp/store';
const blame = { cause } as const;
/**
 * A pool hands out its old connections first, and learns from each that it is gone: the logins before are for these, and
 * the last one meets what is broken now.
 */
const logsIn: readonly Step[] = [...[1, 2, 3].map(() => authorize({ comesTo: 'anything' })), authorize()];

/** Whether it gets on without its database is its own affair; if not, it says so soon, and works again afterwards. */
const failsWell = () =>
  either({
    signal: [
      anyOf(grants(), answers([500, 502, 503, 504]), redirectsWithError('server_error', 'temporarily_unavailable')).by(
        practice.admitsFailure,
      ),
    ],
    diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
    discretion: [...discretion, hidesStore().by(practice.noInternalAddress)],
    resilience: endures,
  });

/** Slow is not broken. */
const worksOn = () =>
  accept({
    signal: [grants().by(practice.tolerates)],
    discretion: [...discretion, hidesStore().by(practice.noInternalAddress)],
    resilience: endures,
  });

/** RFC 6749 §4.1.2.1: "server_error" and "temporarily_unavailable", for an IdP whose database is away while somebody logs in. */
export default brokenFor('idp', logsIn)(
  {
    family: 'store',
    remedy:
      'Give every use of the database a deadline, throw broken connections away, answer 503 or server_error while it is away, log what went wrong with it, and keep its name out of answers.',
    needs: ['authorization-code', 'store'],
    on: 'idp→store',
    isolation: 'exclusive',
  },
  {
    refused: { fault: refused(blame), expect: failsWell },
    'connection-reset': { fault: resets(blame), expect: failsWell },
    hangs: { fault: hangs(blame), expect: failsWell, slow: true },
    'stream-reset': { fault: streamResets({ ...blame, bytes: 0 }), expect: failsWell },
    'stream-closes': { fault: closes({ ...blame, bytes: 0 }), expect: failsWell },
    'stream-stalls': { fault: stalls({ ...blame, bytes: 0 }), expect: failsWell, slow: true },
    latency: { fault: latency({ ...blame, milliseconds: 100 }), expect: worksOn },
  },
);
