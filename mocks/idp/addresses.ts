import type { EndpointDefinition, Endpoints } from './endpoint.ts';
import { definitions } from './endpoints/index.ts';

/** Where everything of one issuer is. */
export interface Addresses {
  readonly endpoints: Endpoints;
  /** What answers at a path (with or without a query). */
  at(path: string): EndpointDefinition | undefined;
}

export function addressesOf(issuer: string): Addresses {
  const { origin, pathname } = new URL(issuer);
  const base = pathname.replace(/\/$/, '');
  const places = new Map<string, EndpointDefinition>();
  const below: [string, EndpointDefinition][] = [];
  const endpoints: { [name: string]: string } = {};
  for (const definition of definitions) {
    const [first, ...others] = definition.paths(base);
    endpoints[definition.name] ??= `${origin}${first}`;
    for (const path of [first as string, ...others])
      if (path.endsWith('/*')) below.push([path.slice(0, -1), definition]);
      else places.set(path, definition);
  }
  return {
    endpoints: endpoints as Endpoints,
    at(path) {
      const [asked = ''] = path.split('?', 1);
      return places.get(asked) ?? below.find(([start]) => asked.startsWith(start))?.[1];
    },
  };
}
