'use client';

import { KeyRound } from 'lucide-react';
import { DeletedNotice } from '@/components/plane/deleted-notice';
import { TaskFrame } from '@/components/plane/task-frame';
import { type CurrentPlane, useCurrentPlane } from '@/components/plane/use-current-plane';
import { type LoadedKind, useInstalledKind } from '@/components/plane/use-installed-kind';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import {
  credentialPlace,
  placeText,
  type ReplaceableSlot,
  replaceableSlots,
  slotNamed,
} from '@/lib/plane/credentials/credential-place';
import { slotLabel } from '@/lib/plane/credentials/credential-slot';
import { isJsonObject } from '@/lib/plane/json/json';
import { planeTitle } from '@/lib/plane/model/display-name';
import { replacePath } from '@/lib/plane/model/plane-task';
import { capital } from '@/lib/plane/model/text';
import { MoveToCa } from './move-to-ca';
import { ReplaceAgentCertificate } from './replace-agent-certificate';
import { ReplaceCredential } from './replace-credential';

/** The page that replaces a credential of a plane. @param slot the slot in the address; null: you choose one here */
export function ReplaceScreen({
  plane,
  initialDetail,
  slot,
  isMove = false,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
  readonly slot: string | null;
  /** Whether the agent's self-signed certificate is replaced by a CA of the plane's own. */
  readonly isMove?: boolean;
}) {
  const current = useCurrentPlane(plane, initialDetail);
  const loaded = useInstalledKind(plane.plural);
  const found = loaded.state === 'known' ? slotsOf(loaded, current) : [];
  const chosen = slot === null ? (found.length === 1 ? found[0] : undefined) : slotNamed(found, slot);
  const title = isMove
    ? 'Move to a CA of its own'
    : chosen?.slot.purpose === 'agent-ca'
      ? 'Replace certificate'
      : chosen
        ? `Replace ${slotLabel(chosen.slot)}`
        : 'Replace credential';
  return (
    <TaskFrame row={current.row} gone={current.gone} title={title}>
      {current.gone ? (
        <DeletedNotice plane={current.row.plane} className="rounded-lg" />
      ) : (
        <Body
          current={current}
          loaded={loaded}
          found={found}
          chosen={chosen}
          requested={slot}
          isMove={isMove}
        />
      )}
    </TaskFrame>
  );
}

function slotsOf({ kind }: Extract<LoadedKind, { state: 'known' }>, { row, detail }: CurrentPlane) {
  return replaceableSlots(kind, isJsonObject(detail?.spec) ? detail.spec : {}, row.plane);
}

function Body({
  current,
  loaded,
  found,
  chosen,
  requested,
  isMove,
}: {
  readonly current: CurrentPlane;
  readonly loaded: LoadedKind;
  readonly found: readonly ReplaceableSlot[];
  readonly chosen: ReplaceableSlot | undefined;
  readonly requested: string | null;
  readonly isMove: boolean;
}) {
  const { related, detail } = current;
  if (loaded.state === 'reading') return <p className="text-muted">Loading this kind's credentials…</p>;
  if (loaded.state === 'unknown')
    return (
      <p className="text-pretty">
        This kind's credentials aren't known, so you can't replace any. {loaded.reason}
      </p>
    );
  if (detail === null)
    return <p className="text-pretty">The plane couldn't be read, so its credentials aren't known.</p>;
  if (chosen?.slot.purpose === 'agent-ca') {
    const { value, problem } = related;
    return value === null ? (
      <p role="status" className="text-pretty text-muted">
        {problem === null
          ? 'Reading the current certificate…'
          : `The current certificate couldn't be read. ${problem}`}
      </p>
    ) : isMove ? (
      <MoveToCa key="move" current={current} ca={value.ca} slot={chosen.slot} />
    ) : (
      <ReplaceAgentCertificate key={chosen.slot.id} current={current} ca={value.ca} slot={chosen.slot} />
    );
  }
  if (chosen) return <ReplaceCredential key={chosen.slot.id} current={current} {...chosen} />;
  return <CredentialChoice current={current} found={found} requested={requested} />;
}

function CredentialChoice({
  current: { row, detail },
  found,
  requested,
}: {
  readonly current: CurrentPlane;
  readonly found: readonly ReplaceableSlot[];
  readonly requested: string | null;
}) {
  const { plane } = row;
  const spec = isJsonObject(detail?.spec) ? detail.spec : {};
  return (
    <>
      {requested === null ? null : (
        <p className="text-pretty">{planeTitle(plane)} doesn't have this credential. Choose another.</p>
      )}
      <Card title="Credentials" flush={found.length > 0}>
        {found.length === 0 ? <p className="text-muted">This plane has no credentials.</p> : null}
        <ul className="divide-y divide-line">
          {found.map(({ slot, keySlot }) => (
            <li key={slot.id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5">
              <KeyRound size={15} aria-hidden="true" className="shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  {capital(slotLabel(slot))}
                  {keySlot === null ? '' : ' and private key'}
                </p>
                <p className="text-pretty text-muted text-xs [overflow-wrap:anywhere]">
                  {slot.id} · {placeText(credentialPlace(spec, slot, plane))}
                </p>
              </div>
              <ButtonLink href={replacePath(plane, slot.id)} variant="outline">
                Replace<span className="sr-only"> {slotLabel(slot)}</span>
              </ButtonLink>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
