import Link from 'next/link';
import { HealthShape } from '@/components/health/health-shape';
import { ButtonLink } from '@/components/ui/button';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { CERTIFICATE_KIND_LABELS } from '@/lib/plane/certificate-list/certificate-kind';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { AGENT_CA_SLOT } from '@/lib/plane/history/traced-fields';
import { planeTitle } from '@/lib/plane/model/display-name';
import { objectName, planePath } from '@/lib/plane/model/plane-path';
import { replacePath } from '@/lib/plane/model/plane-task';
import { capital, planeCountText } from '@/lib/plane/model/text';
import type { Entry } from './use-certificate-entries';
import { Validity } from './validity';

/** One certificate of a plane: whose it is, what it is, how long it lasts, and what to do about it. */
export function CertificateRow({
  entry,
  row,
  nowMs,
}: {
  readonly entry: Entry;
  readonly row: FleetRow | undefined;
  readonly nowMs: number;
}) {
  const { plane, label, slot, fact, step, certificate, kind } = entry;
  const title = planeTitle(plane);
  const isOld = row?.health.reasons[0]?.code === 'no-contact';
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] xl:grid-cols-[minmax(0,1.1fr)_minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1.4fr)]">
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          {row ? (
            <>
              <HealthShape state={row.attention} />
              <span className="sr-only">{ATTENTION_LABELS[row.attention]}:</span>
            </>
          ) : null}
          <Link
            href={planePath(plane) as '/'}
            prefetch={false}
            className="min-w-0 truncate font-medium hover:underline"
          >
            {title}
          </Link>
        </p>
        <p className="text-muted text-xs [overflow-wrap:anywhere]">{objectName(plane)}</p>
      </div>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="[overflow-wrap:anywhere]">
            {fact.state === 'parsed' ? fact.subject : capital(label)}
          </span>
          {kind && slot === null ? (
            <span className="rounded bg-neutral-soft px-1.5 text-muted text-xs">
              {CERTIFICATE_KIND_LABELS[kind]}
            </span>
          ) : null}
        </p>
        <p className="text-muted text-xs [overflow-wrap:anywhere]">
          {fact.state === 'parsed' ? `${capital(label)} · ` : ''}
          {certificate ? `${issuerText(certificate.issuer)} · ` : ''}
          {placeText(entry)}
        </p>
        <SharedWith entry={entry} />
      </div>
      {/* Without contact, the certificate may have been replaced since, so nothing is green. */}
      <Validity fact={fact} group={isOld ? 'unchecked' : step.group} nowMs={nowMs} />
      <div className="flex min-w-0 items-start justify-between gap-3 xl:col-start-4">
        <p className="min-w-0 text-pretty">
          {step.state} <span className="text-muted">{step.action}</span>
        </p>
        {step.group === 'fix' || step.group === 'replace' || step.group === 'upcoming' ? (
          <ButtonLink href={replacePath(plane, slot ?? AGENT_CA_SLOT)} variant="outline">
            {fact.state === 'absent' ? 'Add' : 'Replace'}
            <span className="sr-only">
              {' '}
              the {label} of {title}
            </span>
          </ButtonLink>
        ) : null}
      </div>
    </li>
  );
}

function issuerText(issuer: string | null): string {
  return issuer === null ? 'self-issued' : `issued by ${issuer}`;
}

function placeText({ place, fact }: Entry): string {
  if (fact.state === 'absent') return 'stored nowhere';
  if (place === null) return 'place not known yet';
  const { secret } = place;
  return secret === null
    ? 'stored in the plane'
    : `stored in Secret ${secret.namespace}/${secret.name}, key ${secret.key}`;
}

/** A list of all planes with a company's CA would be as long as the page. */
const MAX_NAMED = 20;

function SharedWith({ entry: { plane, users } }: { readonly entry: Entry }) {
  const others = users.filter(({ uid }) => uid !== plane.uid);
  if (others.length === 0) return null;
  return (
    <details className="group text-xs">
      <DisclosureSummary compact>Shared with {planeCountText(others.length)}</DisclosureSummary>
      <ul className="mt-1 ml-5 list-disc">
        {others.slice(0, MAX_NAMED).map((other) => (
          <li key={other.uid}>
            <Link href={planePath(other) as '/'} prefetch={false} className="hover:underline">
              {planeTitle(other)}
            </Link>{' '}
            <span className="text-muted">{objectName(other)}</span>
          </li>
        ))}
      </ul>
      {others.length > MAX_NAMED ? (
        <p className="mt-1 ml-5 text-muted">and {planeCountText(others.length - MAX_NAMED)} more</p>
      ) : null}
    </details>
  );
}
