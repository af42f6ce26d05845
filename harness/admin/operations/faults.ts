import { z } from 'zod';
import type { PlaceOptions, StandingFault } from '../../../mocks/alone/tenant.ts';
import type { TimelineStep } from '../../../mocks/alone/timeline.ts';
import { NotFound, operation } from '../operation.ts';
import { placement, placementMembers, text, timelineStep } from '../schemas.ts';

const fault = z
  .strictObject({ id: text, layer: text, seam: text, cause: text, summary: text })
  .meta({ id: 'Fault', description: 'One way to be broken.' });
const standing = z
  .strictObject({ id: text.describe('Of this placing.'), ...placementMembers, summary: text })
  .meta({ id: 'StandingFault' });

const shown = ({ id, fault: { id: name, summary }, schedule, at, only }: StandingFault) => ({
  id,
  fault: name,
  ...(schedule && { schedule }),
  ...(at && { at }),
  ...(only && { only }),
  summary,
});

export const faults = [
  operation({
    id: 'listCatalogue',
    method: 'GET',
    path: '/faults',
    summary: 'Every fault that there is.',
    answer: z.strictObject({ faults: z.array(fault) }),
    async run() {
      const { faults: all } = await import('../../../mocks/faults/all.ts');
      return { faults: all.map(({ id, layer, seam, cause, summary }) => ({ id, layer, seam, cause, summary })) };
    },
  }),
  operation({
    id: 'listFaults',
    method: 'GET',
    path: '/tenants/{tenant}/faults',
    summary: 'The faults that stand.',
    answer: z.strictObject({ faults: z.array(standing) }),
    run: ({ tenant }) => ({ faults: tenant().faults().map(shown) }),
  }),
  operation({
    id: 'placeFault',
    method: 'POST',
    path: '/tenants/{tenant}/faults',
    summary: 'Breaks something, until it is cleared.',
    body: placement,
    answer: standing,
    created: true,
    async run({ tenant, body: { fault: id, ...options } }) {
      const at = tenant();
      const placed = await at.place(id, options as PlaceOptions);
      return shown(at.faults().find((one) => one.id === placed.id) as StandingFault);
    },
  }),
  operation({
    id: 'playTimeline',
    method: 'POST',
    path: '/tenants/{tenant}/timeline',
    summary: 'Breaks, mends and rotates in the course of time, counted from now. Not for faults on the wire.',
    body: z.strictObject({ steps: z.array(timelineStep).min(1).max(1000) }),
    async run({ tenant, body }) {
      await tenant().play(body.steps as readonly TimelineStep[]);
    },
  }),
  operation({
    id: 'clearFaults',
    method: 'DELETE',
    path: '/tenants/{tenant}/faults',
    summary: 'Clears every fault of this tenant, and calls its timelines off.',
    run: ({ tenant }) => tenant().clearFaults(),
  }),
  operation({
    id: 'clearFault',
    method: 'DELETE',
    path: '/tenants/{tenant}/faults/{id}',
    summary: 'Clears one fault.',
    async run({ tenant, param }) {
      const found = tenant()
        .faults()
        .find(({ id }) => id === param('id'));
      if (!found) throw new NotFound('standing fault', param('id'));
      await found.clear();
    },
  }),
];
