import { deadlines } from '../../model/deadlines.ts';
import { FailwellError } from '../../model/error.ts';
import type { AnyFault } from '../../model/fault.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { StepResult } from '../../model/stage.ts';
import type { CallApi, Step, TokenRecipe } from '../../model/step.ts';
import { milliseconds } from '../../model/time.ts';
import type { Backstage, Cast, Performance, SingleStep } from '../cast.ts';
import { describe } from '../describe.ts';
import { plainSteps } from '../plain-step.ts';
import { createCaller } from './caller.ts';
import { possess } from './possession.ts';
import { openGatewayWires } from './wires.ts';

/**
 * Around a gateway: the caller (the harness) → gateway (the target) → API, with the mock IdP behind the gateway and an
 * attacker's host that only a flawed one contacts. Every wire between them is a link.
 */
export async function gatewayCast(backstage: Backstage): Promise<Cast> {
  const { target, surroundings, running, book, now, neighbours } = backstage;
  const served = new Set<string>();
  const named = new Map<string, string>();
  let clockFaults: readonly AnyFault[] = [];
  let { random } = backstage;
  let controlToken: string | undefined;

  const wires = await openGatewayWires({
    surroundings,
    random,
    neighbours,
    now,
    observe(seen) {
      if (seen.link === 'gateway→api' && seen.correlation !== undefined) served.add(seen.correlation);
      backstage.observe(seen);
    },
  });
  const { idp, links, wiring } = wires;
  const caller = createCaller({
    target,
    book,
    now,
    link: () => (running.alive ? links.get('caller→gateway') : undefined),
    url: () => running.url,
    served: (correlation) => served.has(correlation),
    down: () => running.downBecause,
  });
  const plain = plainSteps({ book, now, random: () => random });

  async function mint(recipe: TokenRecipe): Promise<string> {
    const known = recipe.name === undefined ? undefined : named.get(recipe.name);
    if (known !== undefined) return known;
    const token = await idp.mint(recipe, random);
    if (recipe.name !== undefined) named.set(recipe.name, token);
    book.learnToken('access_token', token);
    return token;
  }

  async function callApi(step: CallApi, performance: Performance): Promise<StepResult> {
    const possession =
      step.proof && (await possess(step.proof, { url: running.url ?? '', now: surroundings.clock.now, random }));
    const recipe = step.token && (possession?.bind(step.token) ?? step.token);
    const token = recipe && (await mint(recipe));
    const prove = possession && token && ((request: HttpRequest) => possession.prove(request, token));
    const declared = target.declares.deadline;
    const patience = declared === undefined ? 0 : 2 * milliseconds(declared.value) + 2_000;
    const bound = step.outlast === true ? deadlines.outlast : Math.max(deadlines.step, patience);
    const call = { step, token, prove: prove || undefined, bound, random, ...performance };
    const result = step.until === undefined ? await caller.call(call) : await caller.callUntil(call, step.until);
    // The clock is met by a token that was made while it was wrong.
    if (token !== undefined) for (const fault of clockFaults) book.meet(fault.id, 'token');
    return result;
  }

  return {
    links,
    idp,
    wiring,
    connect: ({ url }) => wires.connect(url),
    begin(by) {
      random = by;
      named.clear();
      served.clear();
    },
    secrets: () => [
      ['client_secret', wiring.clientSecret],
      ...(controlToken === undefined ? [] : ([['control_token', controlToken]] as const)),
    ],
    disturbed(standing) {
      controlToken = undefined;
      clockFaults = standing.filter(({ seam }) => seam === 'clock');
    },
    async perform(step: SingleStep, performance) {
      switch (step.do) {
        case 'call-api':
          return await callApi(step, performance);
        case 'revoke':
          return await plain(step, performance, async () => {
            const token = named.get(step.token);
            if (token === undefined) {
              throw new FailwellError(
                'usage',
                `No token of this scenario is named '${step.token}': give an earlier call's token that name.`,
              );
            }
            idp.revoke(token);
            return { outcome: 'accepted', detail: 'revoked', token };
          });
        case 'rotate-keys':
          return await plain(step, performance, async () => {
            await idp.rotateKeys({ withdraw: step.withdraw });
            controlToken = undefined;
            return { outcome: 'accepted', detail: 'rotated' };
          });
        default:
          throw new FailwellError('usage', `A gateway cannot do '${describe(step)}': that step is another role's.`);
      }
    },
    async control(performance) {
      const format = target.capabilities.includes('jwt') ? 'jwt' : 'opaque';
      const token: TokenRecipe = { format, flaws: [] };
      if (controlToken === undefined) {
        controlToken = await idp.mint(token, random);
        book.learnToken('control_token', controlToken);
      }
      const step: CallApi = { do: 'call-api', token };
      return await caller.call({ step, token: controlToken, bound: deadlines.control, random, ...performance });
    },
    isControl,
    byHand: caller.last,
    [Symbol.asyncDispose]: () => wires[Symbol.asyncDispose](),
  };
}

/** Whether a step does what the control does. */
function isControl(step: Step): boolean {
  if (step.do !== 'call-api' || step.proof !== undefined) return false;
  return step.token?.flaws.length === 0 && step.token.scope === undefined;
}
