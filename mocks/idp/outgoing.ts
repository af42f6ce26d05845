import type { OutgoingPlan } from '../../harness/model/issuing.ts';

/** A request that the IdP itself makes: a logout token, a ping, a document of a client. */
export type OutgoingRequest = Pick<OutgoingPlan, 'method' | 'url' | 'headers' | 'body'>;

/** What came of it. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Makes one. Rejects when no answer comes, in finite time; follows no redirection. */
export type Call = (request: OutgoingRequest) => Promise<OutgoingAnswer>;

/** The same, told how: once, whatever `tries` says. */
export type PlannedCall = (plan: OutgoingPlan) => Promise<OutgoingAnswer>;

/** How it is done right. */
const usual = { sent: true, patience: 5_000, tries: 1, certificate: 'checked' } as const;

/** @param changed the plan as the faults leave it */
export const calling =
  (call: PlannedCall, changed: (plan: OutgoingPlan) => OutgoingPlan): Call =>
  async (request) => {
    const plan = changed({ ...request, ...usual });
    if (!plan.sent) throw new Error('the request was not made');
    for (let left = plan.tries - 1; ; left -= 1) {
      try {
        const answer = await call(plan);
        if (answer.status < 500 || left <= 0) return answer;
      } catch (error) {
        if (left <= 0) throw error;
      }
    }
  };
