import type { Plane } from './plane';

/** Describes what happens if all finalizers of a plane that is being deleted are removed by hand. */
export function withoutCleanupText({ connection }: Pick<Plane, 'connection'>): string {
  const agents = connection === 'direct' ? '' : 'Its agents stay connected to the gateway. ';
  return `The plane is then deleted at once, without any cleanup. ${agents}References to it no longer resolve.`;
}
