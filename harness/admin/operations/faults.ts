import { z } from 'zod';
import type { TimelineStep } from '../../../mocks/alone/timeline.ts';
import { type IdpContext, operation } from '../idp-context.ts';
import { placementMembers, timelineStep } from '../schemas.ts';
import { standingFaults } from './standing-faults.ts';

export const faults = [
  ...standingFaults<IdpContext>(
    '/tenants/{tenant}',
    placementMembers,
    ({ tenant }) => tenant(),
    () => true,
  ),
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
];
