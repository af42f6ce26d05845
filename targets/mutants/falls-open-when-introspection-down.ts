import { correct } from '../reference/gateway/parts.ts';
import { Refusal } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  introspect: async (token, gateway) => {
    try {
      return await correct.introspect(token, gateway);
    } catch (error) {
      if (!(error instanceof Refusal && error.facts.blame === 'idp')) throw error;
      return { active: true, sub: 'unknown', scope: gateway.wiring.scope };
    }
  },
};

export default mutant('falls-open-when-introspection-down', parts, {
  summary: 'takes any opaque token when it cannot ask about it',
  caughtBy: [
    'gateway/introspection/status-500',
    'gateway/introspection/connection-reset',
    'gateway/introspection/own-credentials-refused',
    'gateway/introspection/html',
    'gateway/introspection/array',
    'gateway/introspection/empty-body',
    'gateway/introspection/reset',
    'gateway/introspection/malformed',
    'gateway/introspection/status-429',
    'gateway/introspection/status-404',
  ],
});
