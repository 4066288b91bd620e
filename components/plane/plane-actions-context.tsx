'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { RemedyAction } from '@/lib/plane/diagnosis/diagnosis-finding';

/** Something that the page can do with its plane: a page to go to, or something to run at once. */
export type PlaneAction =
  | { readonly label: string; readonly href: `/${string}` }
  | {
      readonly label: string;
      readonly run: () => void;
      readonly busy: boolean;
      /** Why this person cannot do it, in a sentence; absent: they can, as far as is known. */
      readonly refused?: string;
    };

/** What a person may want to do though no finding asks for it. */
export type PlainAction = 'set-maintenance' | 'end-maintenance';

/** By what a finding or a person asks for. What is not in it cannot be done here, now, or by this person. */
export type PlaneActions = Readonly<Partial<Record<RemedyAction | PlainAction, PlaneAction>>>;

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

/** What can be done with the plane of this page; the findings of its diagnosis make buttons of it. */
export function usePlaneActions(): PlaneActions {
  return useContext(PlaneActionsContext);
}
