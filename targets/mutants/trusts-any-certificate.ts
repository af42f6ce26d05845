import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';
import { trustingAnybody } from './client-trusts-any-certificate.ts';

export const parts: typeof correct = { ...correct, fetchDocument: trustingAnybody(correct.fetchDocument) };

export default mutant('trusts-any-certificate', parts, {
  summary: 'does not verify the certificate of the IdP',
  caughtBy: [
    'gateway/idp-certificate/expired',
    'gateway/idp-certificate/unknown-authority',
    'gateway/idp-certificate/wrong-host',
    'gateway/idp-certificate/introspection-expired',
    'gateway/idp-certificate/introspection-not-yet-valid',
    'gateway/idp-certificate/introspection-self-signed',
    'gateway/idp-certificate/introspection-unknown-authority',
    'gateway/idp-certificate/introspection-wrong-host',
    'gateway/idp-certificate/not-yet-valid',
    'gateway/idp-certificate/self-signed',
    'gateway/idp-certificate/expired-intermediate',
    'gateway/idp-certificate/missing-intermediate',
    'gateway/idp-certificate/wrong-usage',
  ],
});
