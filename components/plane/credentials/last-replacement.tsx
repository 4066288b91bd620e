'use client';

import { Age } from '@/components/ui/time';
import type { FinishedReplacement } from '@/lib/api/replacements';
import { oldValueKey } from '@/lib/plane/credentials/replacement-record';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { joinList } from '@/lib/plane/model/text';
import { SettlementButtons, type SettlementChoice } from './settlement-buttons';
import { useSettlement } from './use-replacement-states';

/**
 * The last replacement of a credential while its old material is still stored: who replaced it and when, with buttons
 * that restore the old material or delete it. Shows nothing if no old material is stored.
 *
 * @param onRestored called after the old material was restored
 */
export function LastReplacement({
  plane,
  slot,
  finished,
  only,
  onRestored = () => {},
}: {
  readonly plane: PlaneIdentity;
  readonly slot: string;
  readonly finished: FinishedReplacement;
  /** The only way to end it that is offered here. */
  readonly only?: SettlementChoice['action'];
  readonly onRestored?: () => void;
}) {
  const control = useSettlement(plane, slot, (action) => {
    if (action === 'restore') onRestored();
  });
  const choices = settlementChoices(finished).filter(({ action }) => only === undefined || action === only);
  if (choices.length === 0) return null;
  return (
    <div className="grid gap-2">
      <p className="text-pretty text-muted [overflow-wrap:anywhere]">
        Replaced <Age at={finished.at} suffix=" ago" /> by {finished.by ?? 'an unknown user'}.{' '}
        {oldMaterialText(finished)}
      </p>
      <SettlementButtons choices={choices} control={control} />
    </div>
  );
}

/** Says where the old material is stored. */
function oldMaterialText(finished: FinishedReplacement): string {
  const { oldSecrets, restorable } = finished;
  if (oldSecrets.length > 0)
    return `The old credential is still in ${secretNames(oldSecrets)}, which this plane no longer uses.`;
  return restorable ? `The old value is still in ${oldKeys(finished)}.` : '';
}

/** The ways to end a finished replacement; none if nothing of the old material is left. */
export function settlementChoices(finished: FinishedReplacement): SettlementChoice[] {
  const { oldSecrets, restorable, places } = finished;
  const isSwitch = oldSecrets.length > 0;
  if (!isSwitch && !restorable) return [];
  const kept = oldSecrets.flatMap(({ keep }) => keep ?? []);
  const created = places.filter(({ created }) => created).map(({ namespace, name }) => ({ namespace, name }));
  const restore: SettlementChoice = isSwitch
    ? {
        action: 'restore',
        label: 'Restore old Secret',
        consequence: `This switches the plane back to ${secretNames(oldSecrets)}. ${secretNames(created)} is deleted if nothing uses it.`,
        verb: 'Restore Secret',
      }
    : {
        action: 'restore',
        label: 'Restore old value',
        consequence: `The old value in ${oldKeys(finished)} replaces the current one.`,
        verb: 'Restore value',
      };
  const confirm: SettlementChoice = !isSwitch
    ? {
        action: 'delete-old',
        label: 'Delete old value',
        consequence: `This deletes ${oldKeys(finished)}. You can't undo this.`,
        verb: 'Delete value',
      }
    : kept.length === 0
      ? {
          action: 'delete-old',
          label: 'Delete old Secret',
          consequence: `This deletes ${secretNames(oldSecrets)}. You can't undo this.`,
          verb: 'Delete Secret',
        }
      : {
          action: 'delete-old',
          label: 'Keep old Secret',
          consequence: `${kept.join(' ')} It isn't deleted. This page no longer offers to restore it.`,
          verb: 'Keep Secret',
        };
  return restorable ? [restore, confirm] : [confirm];
}

function secretNames(secrets: readonly { readonly namespace: string; readonly name: string }[]): string {
  return joinList([...new Set(secrets.map(({ namespace, name }) => `Secret ${namespace}/${name}`))]);
}

function oldKeys({ places }: FinishedReplacement): string {
  return joinList(
    places.map(({ namespace, name, key }) => `key ${oldValueKey(key)} of Secret ${namespace}/${name}`),
  );
}
