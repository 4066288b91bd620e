'use client';

import { Ellipsis, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type PlaneAction, usePlaneActions } from '@/components/plane/plane-actions-context';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { FleetPlane } from '@/lib/api/fleet';
import { planeKey } from '@/lib/plane/model/plane-path';
import { editPath } from '@/lib/plane/model/plane-task';
import { registerPath } from '@/lib/plane/registration/register-url';

/** The menu of actions on this page's plane; hidden if this installation is read-only. */
export function PlaneActionsMenu({ plane }: { readonly plane: FleetPlane }) {
  const { readOnly } = usePlanePage();
  const router = useRouter();
  const actions = usePlaneActions();
  if (readOnly) return null;
  const go = (href: `/${string}`) => router.push(href as '/');
  return (
    <Menu
      label="Actions"
      button={{
        variant: 'outline',
        children: (
          <>
            Actions <Ellipsis size={14} aria-hidden="true" />
          </>
        ),
      }}
    >
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
    </Menu>
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
