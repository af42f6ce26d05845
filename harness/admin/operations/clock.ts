import { z } from 'zod';
import type { Tenant } from '../../../mocks/alone/tenant.ts';
import { FailwellError } from '../../model/error.ts';
import { type Duration, milliseconds } from '../../model/time.ts';
import { operation } from '../idp-context.ts';
import { shift } from '../schemas.ts';

const answer = z
  .strictObject({
    now: z.iso.datetime().describe('RFC 3339, in UTC.'),
    frozen: z.boolean(),
    ahead: z.number().describe("Milliseconds by which it is ahead of the machine's clock; negative is behind."),
  })
  .meta({ id: 'Clock' });

const shown = ({ clock }: Tenant) => {
  const now = clock.now();
  return { now: new Date(now).toISOString(), frozen: clock.frozen, ahead: now - Date.now() };
};

export const clock = [
  operation({
    id: 'getClock',
    method: 'GET',
    path: '/tenants/{tenant}/clock',
    summary: 'What time it is there.',
    answer,
    run: ({ tenant }) => shown(tenant()),
  }),
  operation({
    id: 'changeClock',
    method: 'PATCH',
    path: '/tenants/{tenant}/clock',
    summary: "Follows the machine's clock again, is set, moved, and frozen or let run: in this order.",
    body: z
      .strictObject({
        reset: z.literal(true).optional(),
        now: z.iso.datetime({ offset: true }).optional().describe('Sets it; a frozen clock stays frozen.'),
        by: shift.optional().describe('Moves it; `-5m` is back.'),
        frozen: z.boolean().optional(),
      })
      .meta({ id: 'ClockChange' }),
    answer,
    run({ tenant, body: { reset, now, by, frozen } }) {
      const at = tenant();
      const moved =
        by === undefined ? 0 : milliseconds(by.replace('-', '') as Duration) * (by.startsWith('-') ? -1 : 1);
      const wanted = (now === undefined ? (reset ? Date.now() : at.clock.now()) : Date.parse(now)) + moved;
      // What tokens say of times are seconds that others must be able to read as dates.
      if (!(wanted >= 0 && wanted < farthest))
        throw new FailwellError('usage', 'The clock can only be set to a time from 1970 to 9999.');
      if (reset) at.clock.run();
      // First: what it is set to is what it then shows, to the millisecond.
      if (frozen === true) at.clock.freeze();
      if (reset || now !== undefined || moved !== 0) at.clock.set(wanted);
      if (frozen === false) at.clock.run();
      return shown(at);
    },
  }),
];

const farthest = Date.parse('9999-12-31T00:00:00Z');
