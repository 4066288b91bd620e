import { EyeOff } from 'lucide-react';
import Link from 'next/link';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import { Fact, Facts } from '@/components/ui/facts';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import type { SpecFact, SpecSection, SpecValue } from '@/lib/plane/registration/spec-sections';

/** The values of a spec by section. @param namespace the plane's own, which holds the planes that it refers to */
export function SpecSections({
  sections,
  namespace,
}: {
  readonly sections: readonly SpecSection[];
  readonly namespace: string | undefined;
}) {
  return (
    <div className="grid gap-5">
      {sections.map((section) => (
        <div key={section.title}>
          <h3 className="mb-1.5 font-medium">{section.title}</h3>
          <SectionFacts facts={section.facts.filter(({ isDefault }) => !isDefault)} namespace={namespace} />
          <Defaults facts={section.facts.filter(({ isDefault }) => isDefault)} namespace={namespace} />
        </div>
      ))}
    </div>
  );
}

interface FactsProps {
  readonly facts: readonly SpecFact[];
  readonly namespace: string | undefined;
}

function SectionFacts({ facts, namespace }: FactsProps) {
  return facts.length === 0 ? null : (
    <Facts>
      {facts.map((fact) => (
        <Fact key={fact.path} name={<span data-tip={fact.path}>{fact.label}</span>}>
          <Value value={fact.value} namespace={namespace} />
        </Fact>
      ))}
    </Facts>
  );
}

/** Values that the API server filled in. They rarely matter, so they are folded. */
function Defaults({ facts, namespace }: FactsProps) {
  return facts.length === 0 ? null : (
    <details className="group mt-1">
      <DisclosureSummary compact>
        {facts.length === 1 ? '1 default' : `${facts.length} defaults`}
      </DisclosureSummary>
      <div className="mt-1.5">
        <SectionFacts facts={facts} namespace={namespace} />
      </div>
    </details>
  );
}

function Value({ value, namespace }: { readonly value: SpecValue; readonly namespace: string | undefined }) {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'default':
      return (
        <>
          {value.text} <span className="text-muted">({value.origin})</span>
        </>
      );
    case 'empty':
      return <span className="text-muted">Empty</span>;
    case 'masked':
      return (
        <span className="inline-flex items-center gap-1.5 text-muted">
          <EyeOff size={13} aria-hidden="true" /> Set (hidden)
        </span>
      );
    case 'certificates':
      return value.count === 1
        ? '1 certificate, stored in the plane'
        : `${value.count} certificates, stored in the plane`;
    case 'secret-key':
      return (
        <>
          Key <Code>{value.key}</Code> in Secret <Code>{value.secret}</Code>
        </>
      );
    case 'plane':
      return <PlaneLink kind={value.kind} name={value.name} namespace={namespace} />;
  }
}

function Code({ children }: { readonly children: string }) {
  return <code className="break-all font-mono text-xs">{children}</code>;
}

/** Links to a referenced plane. A namespaced one is looked up in the plane's own namespace, as the controllers do. */
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
      <span className="text-muted"> · {entry.label}</span>
    </>
  );
}
