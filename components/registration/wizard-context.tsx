'use client';

import { createContext, useContext } from 'react';
import type { Inspections } from '@/components/fields/use-inspections';
import type { RegistrationKinds, RegistrationNamespaces } from '@/lib/api/registration-options';
import type { ServedKind } from '@/lib/client/api/use-catalog';
import type { KnownPlane } from '@/lib/client/feed/use-known-planes';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { Draft, DraftProblem, Step } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';

/** A list that the server is asked for. */
export interface Asked<T> {
  readonly data: T | undefined;
  /** Why it could not be read, in a sentence; null: it was, or it is being read. */
  readonly problem: string | null;
  readonly again: () => void;
}

/** What the steps of the wizard share. */
export interface Wizard {
  readonly kinds: readonly ServedKind[];
  readonly access: Asked<RegistrationKinds>;
  readonly namespaces: Asked<RegistrationNamespaces>;
  /** Null: they may not be listed, or have not been yet. */
  readonly namespaceNames: readonly string[] | null;
  /** Null: not all are known. */
  readonly planes: readonly KnownPlane[] | null;
  /** As the API server knows who is looking; null while it has not said. */
  readonly user: string | null;
  /** Nothing may be written here; manifests can be made all the same. */
  readonly readOnly: boolean;
  readonly step: Step;
  /** Opens a step; with a path, its field gets the keyboard. */
  readonly goTo: (step: Step, path?: JsonPath) => void;
  readonly inspections: Inspections;
  /** Everything that is known to be wrong, whether it is said beside its field yet or not. */
  readonly problems: readonly DraftProblem[];
  /** What is to be said beside a field now. */
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
  readonly errorsOf: (step: Step) => readonly DraftProblem[];
  readonly startOver: () => void;
}

/** The steps after the first have a draft, and the kind that it is of. */
export interface DraftedWizard extends Wizard {
  readonly kind: InstalledKind;
  readonly draft: Draft;
}

export const WizardContext = createContext<(Wizard & Partial<DraftedWizard>) | null>(null);

export function useWizard(): Wizard & Partial<DraftedWizard> {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new Error('useWizard needs a WizardContext above it.');
  return wizard;
}

/** The wizard on a step that is only shown once a kind was chosen. */
export function useDraftedWizard(): DraftedWizard {
  const { kind, draft, ...wizard } = useWizard();
  if (!kind || !draft) throw new Error('This step needs a draft.');
  return { ...wizard, kind, draft };
}
