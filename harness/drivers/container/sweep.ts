import type { Container, Docker } from './engine.ts';
import { isDead, ownerLabel } from './owner.ts';

/**
 * Removes the containers, their volumes, and the networks of processes that ended without doing so: one that was
 * killed could not.
 */
export async function sweep(docker: Docker): Promise<void> {
  const filters = { label: [ownerLabel] };
  const dead = ({ Labels }: { readonly Labels?: Readonly<Record<string, string>> | undefined }) =>
    isDead(Labels?.[ownerLabel] ?? '');
  const containers = await docker.listContainers({ all: true, filters });
  await Promise.all(
    containers.filter(dead).map(({ Id }) => removeContainer(docker.getContainer(Id)).catch(() => undefined)),
  );
  const networks = await docker.listNetworks({ filters });
  // Somebody else may sweep at the same time.
  await Promise.all(
    networks.filter(dead).map(({ Id }) =>
      docker
        .getNetwork(Id)
        .remove()
        .catch(() => undefined),
    ),
  );
}

/** Removes a container, whatever state it is in, and its volumes. One that is gone already is fine. */
export async function removeContainer(container: Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    // 404: it is gone; 409: somebody is removing it.
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}
