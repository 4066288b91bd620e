'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { RemedyAction } from '@/lib/plane/diagnosis/diagnosis-finding';

/** An action on the plane of a page: a page to open, or something to run. */
export type PlaneAction =
  | { readonly label: string; readonly href: `/${string}` }
  | {
      readonly label: string;
      readonly run: () => void;
      readonly busy: boolean;
      /** Why the caller may not run it, in a sentence; absent: they may, as far as is known. */
      readonly refused?: string;
    };

/** The actions that remedies of findings ask for, and those that only a person asks for. */
type PlaneActionName = RemedyAction | 'set-maintenance' | 'end-maintenance';

/** The actions that are available. An action that isn't in it can't be run here, now, or by this person. */
export type PlaneActions = Readonly<Partial<Record<PlaneActionName, PlaneAction>>>;

const PlaneActionsContext = createContext<PlaneActions>({});

export function PlaneActionsProvider({
  value,
  children,
}: {
  readonly value: PlaneActions;
  readonly children: ReactNode;
}) {
  return <PlaneActionsContext value={value}>{children}</PlaneActionsContext>;
}

/** The available actions on the plane of this page. */
export function usePlaneActions(): PlaneActions {
  return useContext(PlaneActionsContext);
}
