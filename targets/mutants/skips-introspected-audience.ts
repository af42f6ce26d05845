import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  introspect: (token, gateway) =>
    correct.introspect(token, { ...gateway, parts: { ...gateway.parts, checkAudience: () => {} } }),
};

export default mutant('skips-introspected-audience', parts, {
  summary: 'never looks at the aud of an introspection answer',
  caughtBy: ['gateway/introspection/audience-other'],
});
