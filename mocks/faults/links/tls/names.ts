import { type Blame, leafFault, type TlsFault } from './fault.ts';

/** A certificate for a host that is not this one. */
export function wrongHost(blame: Blame = {}): TlsFault {
  return leafFault('wrong-host', 'the certificate is for another host', blame, { names: 'other' });
}

/** The host stands only in the common name, which RFC 9525 §2 no longer looks at. Some clients still do. */
export function commonNameOnly(blame: Blame = {}): TlsFault {
  const summary = 'the host is only the common name: there is no subjectAltName';
  return leafFault('common-name-only', summary, blame, { names: 'common-name' });
}
