'use client';

import { KeyRound } from 'lucide-react';
import { GoneNotice } from '@/components/plane/gone-notice';
import { TaskFrame } from '@/components/plane/task-frame';
import { type CurrentPlane, useCurrentPlane } from '@/components/plane/use-current-plane';
import { ButtonLink } from '@/components/ui/button-link';
import { Card } from '@/components/ui/card';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { type LoadedKind, useInstalledKind } from '@/lib/client/api/use-installed-kind';
import { credentialPlace } from '@/lib/plane/credentials/credential-place';
import { type ReplaceableSlot, replaceableSlots, slotNamed } from '@/lib/plane/credentials/replaceable-slots';
import { planeTitle } from '@/lib/plane/fleet/fleet-view';
import { isJsonObject } from '@/lib/plane/json/json';
import { replacePath } from '@/lib/plane/model/care-url';
import { AgentCertificate } from './agent-certificate';
import { OtherCredential } from './other-credential';
import { placeText, slotLabel } from './slot-labels';

/** The page on which a credential of a plane is replaced. `slot` is what the address names; null: choose here. */
export function ReplaceScreen({
  plane,
  initialDetail,
  slot,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
  readonly slot: string | null;
}) {
  const now = useCurrentPlane(plane, initialDetail);
  const loaded = useInstalledKind(plane.plural);
  const found = loaded.state === 'known' ? slotsOf(loaded, now) : [];
  const chosen = slot === null ? (found.length === 1 ? found[0] : undefined) : slotNamed(found, slot);
  const title =
    chosen?.slot.purpose === 'agent-ca'
      ? 'Replace the certificate'
      : chosen
        ? `Replace the ${slotLabel(chosen.slot)}`
        : 'Replace a credential';
  return (
    <TaskFrame row={now.row} gone={now.gone} title={title}>
      {now.gone ? (
        <GoneNotice plane={now.row.plane} className="rounded-lg" />
      ) : (
        <Body now={now} loaded={loaded} found={found} chosen={chosen} wanted={slot} />
      )}
    </TaskFrame>
  );
}

function slotsOf({ kind }: Extract<LoadedKind, { state: 'known' }>, { row, detail }: CurrentPlane) {
  return replaceableSlots(kind, isJsonObject(detail?.spec) ? detail.spec : {}, row.plane);
}

function Body({
  now,
  loaded,
  found,
  chosen,
  wanted,
}: {
  readonly now: CurrentPlane;
  readonly loaded: LoadedKind;
  readonly found: readonly ReplaceableSlot[];
  readonly chosen: ReplaceableSlot | undefined;
  readonly wanted: string | null;
}) {
  const { related, detail } = now;
  if (loaded.state === 'reading') return <p className="text-muted">Reading which fields this kind has …</p>;
  if (loaded.state === 'unknown')
    return (
      <p className="text-pretty">
        Which credentials this kind has is not known, so none can be replaced now. {loaded.reason}
      </p>
    );
  if (detail === null)
    return <p className="text-pretty">The plane could not be read, so it is not known what it has.</p>;
  if (chosen?.slot.purpose === 'agent-ca') {
    const { value, problem } = related;
    return value === null ? (
      <p role="status" className="text-pretty text-muted">
        {problem === null
          ? 'Reading the certificate that stands there …'
          : `It could not be read. ${problem}`}
      </p>
    ) : (
      <AgentCertificate key={chosen.slot.id} now={now} ca={value.ca} slot={chosen.slot} />
    );
  }
  if (chosen) return <OtherCredential key={chosen.slot.id} now={now} {...chosen} />;
  return <Choice now={now} found={found} wanted={wanted} />;
}

function Choice({
  now: { row, detail },
  found,
  wanted,
}: {
  readonly now: CurrentPlane;
  readonly found: readonly ReplaceableSlot[];
  readonly wanted: string | null;
}) {
  const { plane } = row;
  const spec = isJsonObject(detail?.spec) ? detail.spec : {};
  return (
    <>
      {wanted === null ? null : (
        <p className="text-pretty">{planeTitle(plane)} has no such credential. These are there:</p>
      )}
      <Card title="Credentials of this plane" flush={found.length > 0}>
        {found.length === 0 ? <p className="text-muted">It has none.</p> : null}
        <ul className="divide-y divide-line">
          {found.map(({ slot, keySlot }) => (
            <li key={slot.id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5">
              <KeyRound size={15} aria-hidden="true" className="shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  {capital(slotLabel(slot))}
                  {keySlot === null ? '' : ' and its private key'}
                </p>
                <p className="text-pretty text-muted text-xs [overflow-wrap:anywhere]">
                  {slot.id} · {placeText(credentialPlace(spec, slot, plane))}
                </p>
              </div>
              <ButtonLink href={replacePath(plane, slot.id)} variant="outline">
                Replace<span className="sr-only"> the {slotLabel(slot)}</span>
              </ButtonLink>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
