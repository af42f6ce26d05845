import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Headers } from '../../../harness/model/http.ts';
import { withBody } from './answer.ts';

interface Blame {
  /** Default `network/blocked`. */
  readonly cause?: CauseId;
}

/** An outbound proxy that does not let this destination through. */
export function proxyForbidden(blame: Blame = {}): Fault<'link/answer'> {
  return intermediary('http/proxy-forbidden', 403, 'Access to this destination is blocked by policy', [], blame);
}

/** An outbound proxy that wants credentials (RFC 9110 §15.5.8). */
export function proxyAuthenticationRequired(blame: Blame = {}): Fault<'link/answer'> {
  const challenge: Headers = [['Proxy-Authenticate', 'Basic realm="outbound proxy"']];
  return intermediary('http/proxy-authentication-required', 407, 'Proxy authentication required', challenge, blame);
}

/** A captive portal that says what it is (RFC 6585 §6). One that lies with status 200 is `htmlPage`. */
export function captivePortal(blame: Blame = {}): Fault<'link/answer'> {
  return intermediary('http/captive-portal', 511, 'Sign in to this network first', [], blame);
}

function intermediary(
  id: string,
  status: number,
  says: string,
  more: Headers,
  { cause = 'network/blocked' }: Blame,
): Fault<'link/answer'> {
  return {
    id,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `a proxy on the way answers ${status} itself: ${says}`,
    apply: (answer) => {
      const headers: Headers = [['Via', '1.1 proxy.example'], ...more];
      const page = `<html><head><title>${says}</title></head><body><h1>${says}</h1></body></html>\n`;
      return withBody({ ...answer, status, headers }, page, 'text/html');
    },
  };
}
