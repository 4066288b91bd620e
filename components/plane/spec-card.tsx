'use client';

import { EyeOff } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { kindOfName } from '@/lib/plane/kinds';
import { planePath } from '@/lib/plane/plane-path';
import { type SpecValue, specInWords } from '@/lib/plane/spec-words';

/** The spec in words, whatever fields this release has. */
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
    () => (detail ? specInWords(detail.spec, detail.masked, plane.namespace) : []),
    [detail, plane.namespace],
  );
  return (
    <Card title="Spec">
      {problem === null ? null : <p className="mb-3 text-degraded">Not up to date: {problem}</p>}
      {detail === null ? <p className="text-muted">Not known: the plane could not be read.</p> : null}
      {detail !== null && sections.length === 0 ? (
        <p className="text-muted">The resource has no spec.</p>
      ) : null}
      <div className="grid gap-5">
        {sections.map((section) => (
          <div key={section.title}>
            <h3 className="mb-1.5 font-medium">{section.title}</h3>
            <Facts>
              {section.facts.map((fact) => (
                <Fact key={fact.path} name={<span data-tip={fact.path}>{fact.label}</span>}>
                  <Value value={fact.value} namespace={plane.namespace} />
                </Fact>
              ))}
            </Facts>
          </div>
        ))}
      </div>
    </Card>
  );
}

function Value({ value, namespace }: { readonly value: SpecValue; readonly namespace: string | undefined }) {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'empty':
      return <span className="text-muted">empty</span>;
    case 'masked':
      return (
        <span className="inline-flex items-center gap-1.5 text-muted">
          <EyeOff size={13} aria-hidden="true" /> Set, and never shown
        </span>
      );
    case 'certificates':
      return value.count === 1
        ? 'A certificate, in the resource itself'
        : `${value.count} certificates, in the resource itself`;
    case 'secret-key':
      return (
        <>
          Key <Code>{value.key}</Code> of Secret <Code>{value.secret}</Code>
        </>
      );
    case 'plane':
      return <PlaneLink kind={value.kind} name={value.name} namespace={namespace} />;
  }
}

function Code({ children }: { readonly children: string }) {
  return <code className="break-all font-mono text-xs">{children}</code>;
}

/** A namespaced plane is looked for in the plane's own namespace, as the controllers do. */
function PlaneLink({
  kind,
  name,
  namespace,
}: {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}) {
  const entry = kindOfName(kind);
  if (!entry || (entry.scope === 'Namespaced' && namespace === undefined)) return `${kind} ${name}`;
  const identity = {
    plural: entry.plural,
    name,
    namespace: entry.scope === 'Namespaced' ? namespace : undefined,
  };
  return (
    <>
      <Link
        href={planePath(identity)}
        prefetch={false}
        className="text-accent underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {name}
      </Link>
      <span className="text-muted"> · {entry.words}</span>
    </>
  );
}
