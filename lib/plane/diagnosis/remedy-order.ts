import { type DiagnosisFinding, REACHES, type Reach, type Remedy } from './diagnosis-finding';

/** Steps that change nothing and steps that change only this plane keep their order: many build on each other. */
function harmOf(reach: Reach): number {
  return Math.max(REACHES.indexOf(reach), REACHES.indexOf('plane'));
}

/** Returns remedies with those that reach further last, each kind in its order. */
export function leastHarmFirst(remedies: readonly Remedy[]): Remedy[] {
  return remedies.toSorted((a, b) => harmOf(a.reach) - harmOf(b.reach));
}

/**
 * Separates the remedies that interrupt every plane from all findings, so that a page can show them after everything
 * else, each once.
 */
export function separateLastSteps(findings: readonly DiagnosisFinding[]): {
  readonly findings: readonly DiagnosisFinding[];
  readonly lastSteps: readonly Remedy[];
} {
  const lastSteps = new Map<string, Remedy>();
  const others = findings.map((finding) => {
    const isLast = ({ reach }: Remedy) => reach === 'all-planes';
    for (const remedy of finding.remedies.filter(isLast))
      if (!lastSteps.has(remedy.command ?? remedy.text)) lastSteps.set(remedy.command ?? remedy.text, remedy);
    return { ...finding, remedies: finding.remedies.filter((remedy) => !isLast(remedy)) };
  });
  return { findings: others, lastSteps: [...lastSteps.values()] };
}
