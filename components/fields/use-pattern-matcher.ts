'use client';

import { useEffect, useMemo, useState } from 'react';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { hasUnknownPattern, matchesKnownPattern, type PatternMatcher } from '@/lib/plane/schema/pattern';

/**
 * Returns the matcher for a kind's patterns. Loads the engine for unknown patterns only if the kind has one. Until
 * then, and if loading fails, those patterns are left to the server.
 */
export function usePatternMatcher(kind: InstalledKind | null): PatternMatcher {
  const [matcher, setMatcher] = useState<PatternMatcher>(() => matchesKnownPattern);
  const needsEngine = useMemo(() => kind !== null && hasUnknownPattern(specSchema(kind)), [kind]);
  useEffect(() => {
    if (!needsEngine) return;
    let isCurrent = true;
    import('@/lib/plane/schema/linear-pattern').then(
      ({ matchesPattern }) => isCurrent && setMatcher(() => matchesPattern),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [needsEngine]);
  return matcher;
}
