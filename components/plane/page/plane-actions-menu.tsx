'use client';

import { Ellipsis, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId } from 'react';
import type { ChangeRefusal } from '@/components/plane/change-refusal';
import { type PlaneAction, usePlaneActions } from '@/components/plane/plane-actions-context';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { FleetPlane } from '@/lib/api/fleet';
import { planeKey } from '@/lib/plane/model/plane-path';
import { editPath } from '@/lib/plane/model/plane-task';
import { registerPath } from '@/lib/plane/registration/register-url';

/**
 * The menu of actions on this page's plane. In a read-only installation they stay, disabled, with the reason: what can
 * be done with a plane is then known, and why not here.
 */
export function PlaneActionsMenu({
  plane,
  refusal,
}: {
  readonly plane: FleetPlane;
  readonly refusal: ChangeRefusal | null;
}) {
  const button = {
    variant: 'outline',
    children: (
      <>
        Actions <Ellipsis size={14} aria-hidden="true" />
      </>
    ),
  } as const;
  return (
    <Menu label="Actions" button={button}>
      {refusal?.isReadOnly ? <RefusedItems plane={plane} reason={refusal.reason} /> : <Items plane={plane} />}
    </Menu>
  );
}

function Items({ plane }: { readonly plane: FleetPlane }) {
  const router = useRouter();
  const actions = usePlaneActions();
  const go = (href: `/${string}`) => router.push(href as '/');
  return (
    <>
      <MenuItem onSelect={() => go(editPath(plane, { view: 'form' }))}>Edit plane</MenuItem>
      <MenuItem onSelect={() => go(editPath(plane, { view: 'yaml' }))}>Edit as YAML</MenuItem>
      <ActionItem action={actions['replace-certificate']} go={go} />
      <ActionItem action={actions['set-maintenance']} go={go} />
      <ActionItem action={actions['end-maintenance']} go={go} />
      {plane.planeID === null ? null : (
        <MenuItem
          title="Register another plane on the same cluster"
          onSelect={() =>
            go(registerPath({ kind: plane.plural, step: 'identity', sibling: planeKey(plane) }))
          }
        >
          Register sibling
        </MenuItem>
      )}
      <MenuSeparator />
      <ActionItem action={actions.delete} go={go} isDangerous />
    </>
  );
}

function RefusedItems({ plane, reason }: { readonly plane: FleetPlane; readonly reason: string }) {
  const reasonId = useId();
  const labels = [
    'Edit plane',
    'Edit as YAML',
    plane.connection === 'direct' ? 'Replace credential' : 'Replace certificate',
    'Set maintenance…',
    'Register sibling',
    'Delete plane',
  ];
  return (
    <>
      <p id={reasonId} className="max-w-60 px-2 py-1.5 text-pretty text-muted text-xs">
        {reason}
      </p>
      {labels.map((label) => (
        <MenuItem
          key={label}
          aria-disabled
          aria-describedby={reasonId}
          className="text-muted"
          onSelect={() => {}}
        >
          {label}
        </MenuItem>
      ))}
    </>
  );
}

/** The menu item of an action; hidden if the action isn't available. */
function ActionItem({
  action,
  go,
  isDangerous = false,
}: {
  readonly action: PlaneAction | undefined;
  readonly go: (href: `/${string}`) => void;
  /** What it does can't be undone. */
  readonly isDangerous?: boolean;
}) {
  if (action === undefined) return null;
  if ('href' in action)
    return (
      <MenuItem onSelect={() => go(action.href)} className={isDangerous ? 'text-disconnected' : undefined}>
        {isDangerous ? <Trash2 size={14} aria-hidden="true" /> : null}
        {action.label}
      </MenuItem>
    );
  return (
    <MenuItem
      disabled={action.busy}
      onSelect={action.run}
      {...(action.refused === undefined ? {} : { refused: action.refused })}
    >
      {action.label}
    </MenuItem>
  );
}
