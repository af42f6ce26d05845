import { z } from 'zod';
import type { Clear, Stood } from '../../../mocks/alone/standing.ts';
import type { AnyFault, FaultId } from '../../model/fault.ts';
import { NotFound, operationsOn } from '../operation.ts';
import { text } from '../schemas.ts';

const fault = z
  .strictObject({ id: text, layer: text, seam: text, cause: text, summary: text })
  .meta({ id: 'Fault', description: 'One way to be broken.' });

/** Where faults stand. */
interface Place {
  place(fault: FaultId, options: never): Promise<Clear>;
  faults(): readonly Stood<object>[];
  clearFaults(): Promise<void>;
}

/**
 * Places, lists and clears faults.
 * @param below the path of the place
 * @param members what is said of a fault when it is placed, its id as `fault`
 * @param may whether such a fault can stand there
 */
export function standingFaults<Context>(
  below: string,
  members: { readonly fault: z.ZodType } & z.ZodRawShape,
  at: (context: Context) => Place,
  may: (fault: AnyFault) => boolean,
) {
  const operation = operationsOn<Context>();
  const placement = z.strictObject(members).meta({ id: 'Placement' });
  const standing = z
    .strictObject({ id: text.describe('Of this placing.'), ...members, summary: text })
    .meta({ id: 'StandingFault' });
  const options = Object.keys(members).filter((member) => member !== 'fault');
  const shown = ({ id, fault: { id: name, summary }, ...stood }: Stood<{ readonly [option: string]: unknown }>) => ({
    id,
    fault: name,
    ...Object.fromEntries(options.flatMap((option) => (stood[option] === undefined ? [] : [[option, stood[option]]]))),
    summary,
  });
  const list = (context: Context) => at(context).faults() as readonly Stood<{ readonly [option: string]: unknown }>[];

  return [
    operation({
      id: 'listCatalogue',
      method: 'GET',
      path: '/faults',
      summary: 'Every fault that there is.',
      answer: z.strictObject({ faults: z.array(fault) }),
      async run() {
        const { faults: all } = await import('../../../mocks/faults/all.ts');
        const fitting = all.filter(may);
        return { faults: fitting.map(({ id, layer, seam, cause, summary }) => ({ id, layer, seam, cause, summary })) };
      },
    }),
    operation({
      id: 'listFaults',
      method: 'GET',
      path: `${below}/faults`,
      summary: 'The faults that stand.',
      answer: z.strictObject({ faults: z.array(standing) }),
      run: (context) => ({ faults: list(context).map(shown) }),
    }),
    operation({
      id: 'placeFault',
      method: 'POST',
      path: `${below}/faults`,
      summary: 'Breaks something, until it is cleared.',
      body: placement,
      answer: standing,
      created: true,
      async run(context) {
        const { fault: id, ...how } = context.body as { readonly fault: string };
        const placed = await at(context).place(id, how as never);
        return shown(list(context).find((one) => one.id === placed.id) as Stood<object>);
      },
    }),
    operation({
      id: 'clearFaults',
      method: 'DELETE',
      path: `${below}/faults`,
      summary: 'Clears every fault there, and calls off what is to come.',
      run: (context) => at(context).clearFaults(),
    }),
    operation({
      id: 'clearFault',
      method: 'DELETE',
      path: `${below}/faults/{id}`,
      summary: 'Clears one fault.',
      async run(context) {
        const found = list(context).find(({ id }) => id === context.param('id'));
        if (!found) throw new NotFound('standing fault', context.param('id'));
        await found.clear();
      },
    }),
  ];
}
