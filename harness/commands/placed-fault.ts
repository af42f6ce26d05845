import { InvalidArgumentError } from 'commander';
import type { FaultId, Schedule } from '../model/fault.ts';
import { type Endpoint, endpoints } from '../model/parties.ts';
import type { Duration } from '../model/time.ts';

/** A fault as the command line names it. */
export interface NamedFault {
  readonly fault: FaultId;
  readonly schedule?: Schedule;
  readonly at?: Endpoint;
}

const whens = 'first:3, every:5, after:10s, until:30s, between:5s..30s or chance:0.2';
export const faultSyntax = `${whens}; or an endpoint: jwks, token, discovery, …`;

/** Collects what `--fault` says: `token/expired-by-10m@first:3`, `http/status-503@jwks`. Throws an `InvalidArgumentError`. */
export function faults(text: string, before: readonly NamedFault[] = []): readonly NamedFault[] {
  const [fault = '', ...said] = text.split('@');
  const at = endpoints.filter((endpoint) => said.includes(endpoint));
  const when = said.filter((one) => !(at as readonly string[]).includes(one));
  if (at.length > 1 || when.length > 1)
    throw new InvalidArgumentError('After the fault, write one endpoint and one schedule at most.');
  const [place] = at;
  const [schedule] = when.map(scheduleOf);
  return [...before, { fault, ...(schedule && { schedule }), ...(place && { at: place }) }];
}

function scheduleOf(text: string): Schedule {
  const [name, value = ''] = text.split(':', 2);
  const count = Number(value);
  const [from = '', to = ''] = value.split('..', 2);
  if (text === 'always') return { when: 'always' };
  if (name === 'first' && isCount(count)) return { when: 'first', count };
  if (name === 'every' && isCount(count)) return { when: 'every', nth: count };
  if (name === 'after' && isDuration(value)) return { when: 'between', from: value };
  if (name === 'until' && isDuration(value)) return { when: 'between', to: value };
  if (name === 'between' && isDuration(from) && isDuration(to)) return { when: 'between', from, to };
  if (name === 'chance' && value !== '' && count >= 0 && count <= 1) return { when: 'chance', probability: count };
  throw new InvalidArgumentError(`After the @, write ${faultSyntax}.`);
}

/** A schedule as `--fault` takes it, nothing for always. */
export function scheduleText(schedule: Schedule): string {
  switch (schedule.when) {
    case 'always':
      return '';
    case 'first':
      return `@first:${schedule.count}`;
    case 'every':
      return `@every:${schedule.nth}`;
    case 'chance':
      return `@chance:${schedule.probability}`;
    case 'between': {
      const { from, to } = schedule;
      if (from === undefined) return to === undefined ? '' : `@until:${to}`;
      return to === undefined ? `@after:${from}` : `@between:${from}..${to}`;
    }
  }
}

const isCount = (value: number) => Number.isInteger(value) && value >= 1;
const isDuration = (text: string): text is Duration => /^\d+(\.\d+)?(ms|s|m|h|d)$/.test(text);
