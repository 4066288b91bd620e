'use client';

import { type ReactNode, useMemo } from 'react';
import { SpecSections } from '@/components/fields/spec-sections';
import { stepLabels } from '@/components/registration/steps/step-labels';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Button } from '@/components/ui/button';
import { Fact, Facts } from '@/components/ui/facts';
import { isJsonObject } from '@/lib/plane/json/json';
import { maskedPaths } from '@/lib/plane/masking/mask';
import { kindDescription } from '@/lib/plane/model/kinds';
import { stepOfPath } from '@/lib/plane/registration/draft';
import { type Manifests, manifestsOf } from '@/lib/plane/registration/manifests';
import { maskedManifests } from '@/lib/plane/registration/masked-manifests';
import { problemLabel } from '@/lib/plane/registration/problem-label';
import type { Step } from '@/lib/plane/registration/register-url';
import { type SpecFact, type SpecSection, specSections } from '@/lib/plane/registration/spec-sections';
import { knownText } from '@/lib/plane/schema/field-text';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';

/** Everything in the draft, step by step, with a button to edit each step. */
export function ReviewSummary() {
  const { kind, draft } = useDraftedWizard();
  const manifests = useMemo(() => manifestsOf(draft, kind), [draft, kind]);
  const sections = useMemo(() => {
    const spec = maskedManifests(manifests).at(-1)?.spec;
    const all = isJsonObject(spec)
      ? specSections(spec, maskedPaths(spec, ['spec']), draft.namespace || undefined)
      : [];
    const of = (step: Step) =>
      sectionsOf(all, (path) => stepOfPath(['spec', ...path.split('.')], kind) === step);
    return { identity: of('identity'), connection: of('connection'), services: of('services') };
  }, [manifests, draft.namespace, kind]);
  const planeID = sections.identity[0]?.facts[0]?.value;
  const namespace = draft.namespace || undefined;
  return (
    <div className="grid gap-4">
      <Part step="kind">
        <p>
          <span className="font-medium">{kind.entry.label}.</span>{' '}
          <span className="text-muted">{kindDescription(kind.entry)}</span>
        </p>
      </Part>
      <Part step="identity">
        <Facts>
          {namespace === undefined ? null : <Fact name="Namespace">{namespace}</Fact>}
          <Fact name="Name">{draft.name || <None />}</Fact>
          {planeID?.type === 'text' ? <Fact name="Plane ID">{planeID.text}</Fact> : null}
          {draft.displayName.trim() === '' ? null : <Fact name="Display name">{draft.displayName}</Fact>}
          {draft.description.trim() === '' ? null : <Fact name="Description">{draft.description}</Fact>}
          {Object.keys(draft.labels ?? {}).length === 0 ? null : (
            <Fact name="Labels">
              {Object.entries(draft.labels ?? {})
                .map(([key, value]) => `${key}=${value}`)
                .join(', ')}
            </Fact>
          )}
        </Facts>
      </Part>
      <Part step="connection">
        <div className="grid gap-4">
          <SpecSections sections={sections.connection} namespace={namespace} />
          <Certificates />
          <NewSecrets manifests={manifests} />
        </div>
      </Part>
      <Part step="services">
        {sections.services.length === 0 ? (
          <p className="text-muted">Nothing entered.</p>
        ) : (
          <SpecSections sections={sections.services} namespace={namespace} />
        )}
      </Part>
    </div>
  );
}

/** Returns the facts that belong to a step. A section whose facts belong to several steps is split between them. */
function sectionsOf(sections: readonly SpecSection[], belongs: (path: string) => boolean): SpecSection[] {
  return sections
    .map((section) => ({
      ...section,
      facts: section.facts.filter(({ path }) => belongs(path)).map(withFormLabel),
    }))
    .filter(({ facts }) => facts.length > 0);
}

/** Gives a field the label it has in the form, if it has one. */
function withFormLabel(fact: SpecFact): SpecFact {
  const path = fact.path.replace(/\.(?:secretRef|secretKeyRef|value)$/, '').split('.');
  return knownText(path) ? { ...fact, label: problemLabel(['spec', ...path]) } : fact;
}

function Part({ step, children }: { readonly step: Step; readonly children: ReactNode }) {
  const { goTo, kind } = useDraftedWizard();
  const { title } = stepLabels(step, kind);
  return (
    <section aria-label={title} className="overflow-hidden rounded-xl border border-line bg-surface">
      <div className="flex min-h-10 items-center justify-between gap-2 border-line border-b pr-2 pl-4">
        <h3 className="font-semibold">{title}</h3>
        <Button onClick={() => goTo(step)} aria-label={`Edit ${title.toLowerCase()}`}>
          Edit
        </Button>
      </div>
      <div className="px-4 py-3">{children}</div>
    </section>
  );
}

/** The facts of the certificates, which the YAML doesn't show. */
function Certificates() {
  const { inspections } = useDraftedWizard();
  const read = Object.entries(inspections.answers).filter(([, answer]) => answer?.certificates.length);
  if (read.length === 0) return null;
  return (
    <div>
      <h4 className="mb-1.5 font-medium">Certificates</h4>
      <Facts>
        {read.map(([slotId, answer]) => (
          <Fact key={slotId} name={problemLabel(['credentials', slotId])}>
            {answer?.certificates.map((certificate) => (
              <span key={certificate.fingerprint} className="block">
                {certificate.subject || 'No subject'}
                <span className="text-muted">, valid until {untilText(certificate.notAfter)}</span>
              </span>
            ))}
          </Fact>
        ))}
      </Facts>
    </div>
  );
}

function untilText(notAfter: string): string {
  const atMs = parseTimeMs(notAfter);
  return atMs === null ? notAfter : formatUtc(atMs);
}

function NewSecrets({ manifests: { secrets } }: { readonly manifests: Manifests }) {
  if (secrets.length === 0) return null;
  return (
    <div>
      <h4 className="mb-1.5 font-medium">
        {secrets.length === 1 ? 'Secret to create' : 'Secrets to create'}
      </h4>
      <Facts>
        {secrets.map(({ metadata, stringData }) => (
          <Fact
            key={`${metadata.namespace}/${metadata.name}`}
            name={
              <code className="break-all font-mono text-xs">
                {metadata.namespace}/{metadata.name}
              </code>
            }
          >
            {Object.keys(stringData).length === 1 ? 'Key' : 'Keys'} {Object.keys(stringData).join(', ')}
          </Fact>
        ))}
      </Facts>
    </div>
  );
}

function None() {
  return <span className="text-muted">Not set</span>;
}
