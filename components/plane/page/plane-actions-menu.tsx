'use client';

import { Ellipsis } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type PlaneAction, usePlaneActions } from '@/components/plane/plane-actions-context';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { Menu, MenuItem } from '@/components/ui/menu';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { editPath } from '@/lib/plane/model/plane-task';

/** The menu of actions on this page's plane; hidden if this installation is read-only. */
export function PlaneActionsMenu({ identity }: { readonly identity: PlaneIdentity }) {
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
      <MenuItem onSelect={() => go(editPath(identity, { view: 'form' }))}>Edit plane</MenuItem>
      <MenuItem onSelect={() => go(editPath(identity, { view: 'yaml' }))}>Edit as YAML</MenuItem>
      <ActionItem action={actions['replace-certificate']} go={go} />
      <ActionItem action={actions.refresh} go={go} />
      <ActionItem action={actions['set-maintenance']} go={go} />
      <ActionItem action={actions['end-maintenance']} go={go} />
      <ActionItem action={actions.delete} go={go} />
    </Menu>
  );
}

/** The menu item of an action; hidden if the action isn't available. */
function ActionItem({
  action,
  go,
}: {
  readonly action: PlaneAction | undefined;
  readonly go: (href: `/${string}`) => void;
}) {
  if (action === undefined) return null;
  if ('href' in action) return <MenuItem onSelect={() => go(action.href)}>{action.label}</MenuItem>;
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
