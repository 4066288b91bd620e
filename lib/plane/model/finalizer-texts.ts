import type { Plane } from './plane';

/** What decides who removes a plane's finalizers. */
type Finalized = Pick<Plane, 'connection'> & {
  readonly facts: { readonly unreconciled?: true | undefined };
};

/** Says who removes the finalizers of a plane that is being deleted. */
export function finalizerText({ connection, facts }: Finalized): string {
  if (facts.unreconciled)
    return 'No controller of this release reconciles this kind, so nothing removes its finalizers.';
  return connection === 'direct'
    ? "OpenChoreo's controller removes the finalizers. Check that it's running."
    : "OpenChoreo's controller removes the finalizers after the gateway has disconnected the agents. Check that both are running.";
}

/** Says when to remove all finalizers of such a plane by hand, and what happens then. */
export function finalizerRemovalText({ connection, facts }: Finalized): string {
  const when = facts.unreconciled
    ? 'Remove all finalizers'
    : 'Only if the controller will never come back: remove all finalizers';
  const agents = connection === 'direct' ? '' : 'Its agents stay connected to the gateway. ';
  return `${when}. The plane is then deleted at once, without any cleanup. ${agents}References to it no longer resolve.`;
}
