import { FailwellError } from '../../harness/model/error.ts';
import type { AnyFault } from '../../harness/model/fault.ts';

/** Takes a fault away again. `id` is that of the standing fault. */
export type Clear = (() => Promise<void>) & AsyncDisposable & { readonly id: string };

/** A fault that stands, and how it was placed. */
export type Stood<Options> = Options & {
  /** Among the faults of the same place. */
  readonly id: string;
  readonly fault: AnyFault;
  readonly clear: () => Promise<void>;
};

/** The faults of one place. */
export interface Standing<Options> {
  place(fault: AnyFault, options: Options): Promise<Clear>;
  /** In the order of their placing. */
  list(): readonly Stood<Options>[];
  clear(): Promise<void>;
}

/** More than anybody needs at once; each one costs time at every request. */
const most = 1000;

/**
 * @param put breaks something; its result mends it
 * @param where what refusals call the place
 */
export function createStanding<Options>(
  where: string,
  put: (fault: AnyFault, options: Options, id: string) => Promise<() => void | Promise<void>>,
): Standing<Options> {
  const standing = new Map<string, Stood<Options>>();
  let count = 0;
  return {
    async place(fault, options) {
      if (standing.size >= most)
        throw new FailwellError('usage', `${most} faults stand at ${where}: clear some of them first.`);
      count += 1;
      const id = `fault-${count}`;
      const remove = await put(fault, options, id);
      const clear = async () => {
        standing.delete(id);
        await remove();
      };
      standing.set(id, { ...options, id, fault, clear });
      return Object.assign(clear, { id, [Symbol.asyncDispose]: clear });
    },
    list: () => [...standing.values()],
    async clear() {
      await Promise.all([...standing.values()].map((fault) => fault.clear()));
    },
  };
}
