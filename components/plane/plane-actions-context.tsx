'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { RemedyAction } from '@/lib/plane/diagnosis/diagnosis-finding';

/** An action on a page's plane: a page to open or a function to run. */
export type PlaneAction =
  | { readonly label: string; readonly href: `/${string}` }
  | {
      readonly label: string;
      readonly run: () => void;
      readonly busy: boolean;
      /** A sentence that says why the caller may not run it; absent: no restriction is known. */
      readonly refused?: string;
    };

/** The actions that remedies suggest, and those that only the user starts. */
type PlaneActionName = RemedyAction | 'set-maintenance' | 'end-maintenance';

/** The available actions. A missing action isn't possible on this page, at the moment, or for this user. */
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

/** The available actions on this page's plane. */
export function usePlaneActions(): PlaneActions {
  return useContext(PlaneActionsContext);
}
