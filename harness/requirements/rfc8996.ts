import { rfc } from './document.ts';

const { must } = rfc(8996);

/** Deprecating TLS 1.0 and TLS 1.1. */
export const rfc8996 = {
  noTls10: must('4', 'no-tls-1.0', 'Negotiation of TLS 1.0 from any version of TLS MUST NOT be permitted.', {
    cwe: ['CWE-327'],
    asvs: ['12.1.1'],
  }),
  noTls11: must('5', 'no-tls-1.1', 'Negotiation of TLS 1.1 from any version of TLS MUST NOT be permitted.', {
    cwe: ['CWE-327'],
    asvs: ['12.1.1'],
  }),
};
