/** `failwell.config.ts`, default-exported through `defineConfig`. Paths are globs relative to its folder. */
export interface Config {
  /** Files that default-export a target. The built-in reference is run when there are none. */
  readonly targets?: readonly string[];
  /** Files that default-export scenarios of your own, beside the built-in ones. */
  readonly scenarios?: readonly string[];
  /** Files that default-export words of your own for causes: `{ 'token/expired': /OAUTH-1047/ }`. */
  readonly words?: readonly string[];
  /** Hosts besides loopback on which a target may serve: requests go nowhere else. */
  readonly hosts?: readonly string[];
  /** Folder for the record and the reports. Default `failwell-report`. */
  readonly out?: string;
  /** How many instances run at once. Default 4. */
  readonly pool?: number;
}

/** Declares the configuration of a project. */
export function defineConfig(config: Config): Config {
  return config;
}
