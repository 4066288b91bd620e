'use client';

import { useMemo } from 'react';
import { SpecSections } from '@/components/fields/spec-sections';
import { Card } from '@/components/ui/card';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { specSections } from '@/lib/plane/registration/spec-sections';

/** The spec with labelled fields, for any release. */
export function SpecCard({
  plane,
  detail,
  problem,
}: {
  readonly plane: FleetPlane;
  readonly detail: PlaneDetail | null;
  readonly problem: string | null;
}) {
  const sections = useMemo(
    () => (detail ? specSections(detail.spec, detail.masked, plane.namespace, plane, detail.defaults) : []),
    [detail, plane],
  );
  return (
    <Card title="Spec">
      {problem === null ? null : <p className="mb-3 text-degraded">May be out of date: {problem}</p>}
      {detail === null ? <p className="text-muted">The plane couldn't be read.</p> : null}
      {detail !== null && sections.length === 0 ? (
        <p className="text-muted">The resource has no spec.</p>
      ) : null}
      <SpecSections sections={sections} namespace={plane.namespace} />
    </Card>
  );
}
