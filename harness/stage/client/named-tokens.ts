import { FailwellError } from '../../model/error.ts';

/** The tokens of one history by the names that its steps gave them. */
export interface NamedTokens {
  name(name: string, token: string): void;
  /** Throws a `usage` error when there is none of that name. */
  named(name: string): string;
  forget(): void;
}

export function namedTokens(): NamedTokens {
  const tokens = new Map<string, string>();
  return {
    name: (name, token) => tokens.set(name, token),
    named(name) {
      const token = tokens.get(name);
      if (token !== undefined) return token;
      const advice = `let an earlier step call its token '${name.replace(/ refresh$/, '')}'`;
      throw new FailwellError('usage', `No token of this scenario is named '${name}', or none came: ${advice}.`);
    },
    forget: () => tokens.clear(),
  };
}
