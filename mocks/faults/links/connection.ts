import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { ConnectionPlan } from '../../../harness/model/http.ts';

type ConnectionFault = Fault<'link/connection'>;

/** The same on the wire, whoever is to blame for it. */
interface Blame {
  /** Default `network/blocked`, or `network/intermittent` for a connection that breaks off. */
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

/** Accepted, then reset at the peer's first byte. */
export function resets({ cause = 'network/intermittent' }: Blame = {}): ConnectionFault {
  return connection('tcp/reset', cause, 'the connection is accepted and reset', { how: 'reset' });
}

/** Accepted and reset in the same moment; some peers take that for a refusal. */
export function resetsAtOnce({ cause = 'network/intermittent' }: Blame = {}): ConnectionFault {
  const plan = { how: 'reset', atOnce: true } as const;
  return connection('tcp/reset-at-connect', cause, 'the connection is reset as soon as it stands', plan);
}

/** Accepted and closed in the same moment, as a load balancer does that has no back end. */
export function closesAtOnce({ cause = 'network/intermittent' }: Blame = {}): ConnectionFault {
  return connection('tcp/close-at-connect', cause, 'the connection is closed as soon as it stands', { how: 'close' });
}

/** The port leads to something else, which greets first; by default SSH (RFC 4253 §4.2). */
export function otherService({
  greeting = 'SSH-2.0-OpenSSH_9.2p1\r\n',
  cause = 'network/blocked',
}: Blame & { readonly greeting?: string } = {}): ConnectionFault {
  const plan = { how: 'speak', text: greeting } as const;
  return connection('tcp/other-service', cause, 'something answers that speaks no HTTP', plan);
}

function connection(id: string, cause: CauseId, summary: string, plan: ConnectionPlan): ConnectionFault {
  return { id, layer: 'tcp', seam: 'link/connection', cause, summary, apply: () => plan };
}
