import type { PlaneKindEntry, Role } from '@/lib/plane/model/kinds';

/** What a cluster of each role is there for. */
const PURPOSES: Record<Role, string> = {
  data: 'Runs the applications that teams deploy, in all their environments.',
  build: 'Builds the container images of applications from their sources.',
  workflow: 'Runs builds and other workflows, apart from the applications.',
  observability: 'Collects logs, metrics and traces, and answers queries for them.',
};

/** A kind in a sentence: what runs there, and who shares it. */
export function kindSentence(entry: PlaneKindEntry): string {
  const shared =
    entry.scope === 'Cluster'
      ? 'Shared by all organisations.'
      : 'For one organisation: it lives in its namespace.';
  return `${PURPOSES[entry.role]} ${shared}`;
}
