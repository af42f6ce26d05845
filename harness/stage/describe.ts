import type { Step } from '../model/step.ts';
import { describeAsk, describeAuthorize, lifetimes } from './idp/describe.ts';

const interruptions = {
  freeze: 'freeze the target for a moment',
  kill: 'kill the target and start it again',
  'cut-off': 'take the target off its network for a moment',
} as const;

/** A step in words, for records and reports. */
export function describe(step: Step): string {
  switch (step.do) {
    case 'call-api': {
      const flaws = step.token?.flaws.map(({ summary }) => summary) ?? [];
      const token =
        step.token === undefined
          ? step.authorization === undefined
            ? 'without a token'
            : `with Authorization: ${step.authorization.join(' and ')}`
          : flaws.length > 0
            ? `with a token: ${flaws.join('; ')}`
            : `with a valid ${step.token.format === 'opaque' ? 'opaque token' : 'token'}${step.authorization === undefined ? '' : ` as ${step.authorization.join(' and ')}`}`;
      const placed = [step.placement ?? 'header'].flat().filter((place) => place !== 'header');
      return [
        step.method === undefined ? 'call the API' : `${step.method} the API`,
        token,
        placed.length > 0 ? `in the ${placed.join(' and the ')}` : '',
        step.scheme === undefined ? '' : `under the scheme '${step.scheme}'`,
        step.query === undefined ? '' : `and the query '${step.query}'`,
        step.proof === undefined
          ? ''
          : ['with a DPoP proof', ...step.proof.flaws.map(({ summary }) => summary)].join(': '),
        step.proof?.field === undefined ? '' : `in the field '${step.proof.field}'`,
        step.until === undefined ? '' : `until it is ${step.until.outcome}`,
        step.outlast === true ? 'and wait until it gives up' : '',
      ]
        .filter((part) => part !== '')
        .join(' ');
    }
    case 'revoke':
      return `revoke the token '${step.token}'`;
    case 'rotate-keys':
      return step.withdraw ? 'replace the signing key and withdraw the old one' : 'sign with a new key';
    case 'ask-idp':
      return describeAsk(step);
    case 'authorize':
      return describeAuthorize(step);
    case 'log-out':
      return `log out of '${step.of ?? 'login'}' in the browser '${step.browser}'`;
    case 'rotate-client-key':
      return 'let the client sign with a new key and withdraw the old one';
    case 'wait-out':
      return step.time === undefined
        ? `wait until the ${lifetimes[step.lifetime]} has expired`
        : `wait for ${step.time}`;
    case 'interrupt':
      return interruptions[step.how];
    case 'parallel':
      return `at once: ${step.steps.map((part) => `${part.actor}: ${describe(part.step)}`).join('; ')}`;
    case 'ladder': {
      const { step: most, placed } = step.rung(step.upTo);
      return `try up to ${step.upTo}, to measure the ${step.measure}: ${describe(most)}${placed === undefined ? '' : ` while ${placed.fault.summary}`}`;
    }
    case 'drive':
      return [step.what, ...Object.entries(step.with).map(([name, value]) => `${name}=${value}`)].join(' ');
  }
}
