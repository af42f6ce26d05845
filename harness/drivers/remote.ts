import type { Driver, IdpWiring, Instance } from '../model/target.ts';

/** A server that runs elsewhere. */
export interface RemoteOptions {
  /** Base URL; its host must be this machine's or stand under `hosts` in `failwell.config.ts`. */
  readonly url: string;
  /** PEM of the authority that issued its certificate. Default: those that Node trusts. */
  readonly authority?: string;
}

/**
 * A target that nobody starts or stops. It cannot be told which clients and which user to know, so that its `idp` names
 * them (`given`) or has them registered (`registers`). Where its logs are not seen it declares `unlogged`.
 */
export function remote({ url, authority }: RemoteOptions): Driver<IdpWiring> {
  return {
    kind: 'remote',
    async start(): Promise<Instance> {
      const exited = Promise.withResolvers<string>();
      return {
        url: url.replace(/\/$/, ''),
        authority: authority ?? 'trusted',
        exited: exited.promise,
        async stop() {
          exited.resolve('was left alone');
        },
      };
    },
  };
}
