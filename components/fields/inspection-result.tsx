'use client';

import { CircleAlert, CircleHelp, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import type { CertificateFinding } from '@/lib/plane/credentials/certificate-detail';
import { CertificateList } from './certificate-card';
import type { CertificateInspection } from './use-certificate-inspection';

/**
 * What the inspection of a certificate found, right below its input. The live region is always on the page, because
 * screen readers only announce changes to a region that exists already.
 */
export function InspectionResult({
  inspection,
  canChange = false,
}: {
  readonly inspection: CertificateInspection | undefined;
  /** Shows a refresh button, for a certificate in a Secret that may change. */
  readonly canChange?: boolean;
}) {
  const region = useScrollToFindings(inspection);
  return (
    <div ref={region} role="status" className="not-empty:mt-3 grid gap-2">
      {inspection ? <Body inspection={inspection} canChange={canChange} /> : null}
    </div>
  );
}

/** Scrolls to findings that appear while the input has the focus, since the page's sticky bar may cover them. */
function useScrollToFindings(inspection: CertificateInspection | undefined) {
  const region = useRef<HTMLDivElement>(null);
  const hasFindings = inspection?.state === 'read' && inspection.answer.findings.length > 0;
  useEffect(() => {
    const isInField = region.current?.closest('fieldset')?.contains(document.activeElement);
    if (hasFindings && isInField) region.current?.firstElementChild?.scrollIntoView({ block: 'nearest' });
  }, [hasFindings]);
  return region;
}

function Body({
  inspection,
  canChange,
}: {
  readonly inspection: CertificateInspection;
  readonly canChange: boolean;
}) {
  if (inspection.state === 'checking') {
    return (
      <p className="flex items-center gap-2 text-muted">
        <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
        Checking certificate…
      </p>
    );
  }
  if (inspection.state === 'unreachable') {
    return (
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg border border-line bg-neutral-soft px-3 py-2">
        <CircleHelp size={14} aria-hidden="true" className="shrink-0 text-unknown" />
        <p className="min-w-0 flex-1 text-pretty">The certificate wasn't checked. {inspection.reason}</p>
        <Button variant="outline" onClick={inspection.refetch}>
          Check again
        </Button>
      </div>
    );
  }
  const { certificates, findings, keyMatches } = inspection.answer;
  return (
    <>
      {findings.map((finding) => (
        <Finding key={finding.message} finding={finding} />
      ))}
      <CertificateList certificates={certificates} />
      {keyMatches === true ? <p className="text-muted">The private key matches this certificate.</p> : null}
      {canChange ? (
        <p>
          <Button variant="outline" onClick={inspection.refetch}>
            Check again
          </Button>
        </p>
      ) : null}
    </>
  );
}

function Finding({ finding: { severity, message } }: { readonly finding: CertificateFinding }) {
  const isError = severity === 'error';
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <p
      className={
        isError
          ? 'flex items-start gap-2 rounded-lg border border-disconnected/35 bg-error-soft px-3 py-2'
          : 'flex items-start gap-2 rounded-lg border border-degraded/35 bg-warning-soft px-3 py-2'
      }
    >
      <Icon
        size={14}
        role="img"
        aria-label={isError ? 'Error:' : 'Warning:'}
        className={isError ? 'mt-0.5 shrink-0 text-disconnected' : 'mt-0.5 shrink-0 text-degraded'}
      />
      <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">{message}</span>
    </p>
  );
}
