import 'server-only';
import type { NamespaceSource, Source } from '@/lib/api/fleet';
import { joinList } from '@/lib/plane/model/text';
import type { View } from '@/lib/server/rights/view';

/**
 * Returns the source of a kind that is watched in some namespaces. It is as good as the worst of those that can be read,
 * and as old as the oldest of them. Others may have planes too, so it is partial.
 *
 * @param namespaces at least one
 */
export function joinedSource(plural: string, namespaces: readonly NamespaceSource[]): Source {
  const readable = namespaces.filter(({ state }) => state !== 'forbidden');
  const counted = readable.length > 0 ? readable : namespaces;
  const state = (['lost', 'syncing', 'live'] as const).find((one) =>
    readable.some((part) => part.state === one),
  );
  const problem = problemIn(counted.filter((part) => state === undefined || part.state === state));
  return {
    plural,
    state: state ?? 'forbidden',
    lastContactAt: oldestContact(counted),
    ...(problem === null ? {} : { problem }),
    partial: true,
    namespaces: [...namespaces],
  };
}

/** Returns what a view may know of a kind's source: nothing of what can't be seen, not even its namespaces. */
export function seenSource(source: Source, { reachOf }: Pick<View, 'reachOf'>): Source {
  const { plural, namespaces } = source;
  const reach = reachOf(plural);
  if (reach === 'none') return hiddenSource(plural);
  if (reach === 'all') return source;
  if (!namespaces) return { ...source, partial: true };
  const seen = namespaces.flatMap((part): NamespaceSource[] => {
    const within = reachOf(plural, part.namespace);
    if (within === 'none') return [];
    return [within === 'some' ? { ...part, partial: true } : part];
  });
  return seen.length === 0 ? hiddenSource(plural) : joinedSource(plural, seen);
}

function hiddenSource(plural: string): Source {
  return { plural, state: 'forbidden', lastContactAt: null };
}

/** All times have the same format, so their text sorts by time. */
function oldestContact(parts: readonly NamespaceSource[]): string | null {
  let oldest: string | null = null;
  for (const { lastContactAt } of parts) {
    if (lastContactAt === null) return null;
    if (oldest === null || lastContactAt < oldest) oldest = lastContactAt;
  }
  return oldest;
}

/** Names the namespaces of each problem, unless all have the same one. */
function problemIn(parts: readonly NamespaceSource[]): string | null {
  const byProblem = new Map<string, string[]>();
  for (const { namespace, problem } of parts)
    if (problem !== undefined) byProblem.set(problem, [...(byProblem.get(problem) ?? []), namespace]);
  const [first] = byProblem;
  if (!first) return null;
  if (first[1].length === parts.length) return first[0];
  return [...byProblem]
    .map(
      ([problem, names]) =>
        `In ${names.length === 1 ? 'namespace' : 'namespaces'} ${joinList(names)}: ${problem}`,
    )
    .join(' ');
}
