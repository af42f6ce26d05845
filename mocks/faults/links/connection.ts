import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { ConnectionPlan } from '../../../harness/model/http.ts';

type ConnectionFault = Fault<'link/connection'>;

/** The same on the wire, whoever is to blame for it. */
interface Blame {
  /** Default `network/blocked`, or `network/intermittent` for a reset. */
  readonly cause?: CauseId;
}

/** Nobody listens: the peer sees ECONNREFUSED. */
export function refused({ cause = 'network/blocked' }: Blame = {}): ConnectionFault {
  return connection('tcp/refused', cause, 'nobody listens on the port', { how: 'refuse' });
}

/** A firewall that swallows: the connection stands and nothing ever comes back, not even of the TLS handshake. */
export function hangs({ cause = 'network/blocked' }: Blame = {}): ConnectionFault {
  return connection('tcp/hang', cause, 'the connection is accepted and never answered', { how: 'hang' });
}

/** Accepted, then reset before a byte. */
export function resets({ cause = 'network/intermittent' }: Blame = {}): ConnectionFault {
  return connection('tcp/reset', cause, 'the connection is accepted and reset', { how: 'reset' });
}

function connection(id: string, cause: CauseId, summary: string, plan: ConnectionPlan): ConnectionFault {
  return { id, layer: 'tcp', seam: 'link/connection', cause, summary, apply: () => plan };
}
