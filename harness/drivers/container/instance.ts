import type { Instance } from '../../model/target.ts';
import { type Container, type Docker, engineTrouble } from './engine.ts';
import type { PresentImage } from './image.ts';
import type { Life } from './life.ts';
import { removeContainer } from './sweep.ts';

/** A container that is ready, and what can be done to it. */
interface Running {
  readonly url: string;
  readonly image: PresentImage;
  readonly network: ReturnType<Docker['getNetwork']>;
  readonly container: Container;
  readonly life: Life;
  /** Follows its next life; called before that begins. */
  readonly follow: () => Promise<Life>;
  readonly ready: (life: Life) => Promise<void>;
  readonly moveClock?: (milliseconds: number) => Promise<void>;
  readonly write: NonNullable<Instance['write']>;
  /** Gives up its share in the network. */
  readonly leave: () => Promise<void>;
}

/** A running container as its stage sees it. */
export function instanceOf(running: Running): Instance {
  const { url, image, network, container, life, moveClock, write } = running;
  const asked = async (what: string, ask: () => Promise<unknown>) => {
    try {
      await ask();
    } catch (error) {
      throw engineTrouble(error, `The container of ${image.name} could not be ${what}`);
    }
  };
  return {
    url,
    about: `image ${image.name} ${image.digest}`,
    exited: life.exited,
    async stop() {
      // Its lines are read by then, so it need not be asked; a paused one could not hear it.
      await removeContainer(container).catch(() => undefined);
      await life.exited;
      await running.leave();
    },
    write: (files) => asked('written to', () => write(files)),
    pause: () => asked('paused', () => container.pause()),
    unpause: () => asked('unpaused', () => container.unpause()),
    async kill() {
      await asked('killed', () => container.kill());
      await life.exited;
    },
    async restart() {
      if (life.words === undefined) await asked('killed', () => container.kill()).catch(() => undefined);
      await life.exited;
      let next: Life | undefined;
      await asked('started again', async () => {
        next = await running.follow();
        await container.start();
      });
      await running.ready(next!);
      return instanceOf({ ...running, life: next! });
    },
    disconnect: () => asked('disconnected', () => network.disconnect({ Container: container.id, Force: true })),
    reconnect: () => asked('connected', () => network.connect({ Container: container.id })),
    ...(moveClock && { moveClock: (milliseconds) => asked('told another time', () => moveClock(milliseconds)) }),
  };
}
