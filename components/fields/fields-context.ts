'use client';

import { createContext, type ReactNode, use } from 'react';
import type { Credential, CredentialSource, SpecDraft } from '@/lib/plane/credentials/credential';
import type { Json } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import type { FormField } from '@/lib/plane/registration/form-field';
import type { KnownPlane } from '@/lib/plane/registration/known-planes';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { DraftInspections } from './use-certificate-inspection';

/** A form of a spec's fields: its draft, what the fields need to know beside it, and where their changes go. */
export interface FieldsState {
  readonly kind: InstalledKind;
  readonly draft: SpecDraft;
  /** The plane's own; empty for cluster-wide kinds, and while none is chosen. */
  readonly namespace: string;
  /** Null: not known. */
  readonly planes: readonly KnownPlane[] | null;
  /** To choose a Secret's from; null: they may not be listed. */
  readonly namespaces: readonly string[] | null;
  readonly inspections: DraftInspections;
  /** Of a plane that exists: a mask stands for a secret that is stored. Absent: nothing is. */
  readonly stored?: StoredSecrets;
  /** The id of the draft, where a plane is being registered: by it is known what an earlier attempt has written. */
  readonly registration?: string;
  /** Sets the value at a path within the spec; undefined takes it away. */
  readonly onSpecChange: (path: JsonPath, value: Json | undefined) => void;
  readonly onCredentialChange: (slotId: string, credential: Credential) => void;
  /** An empty group or item was added, which is to be filled in now; the path is the draft's. */
  readonly onAdd: (path: JsonPath) => void;
  /** A field was left; the path is the draft's. */
  readonly onLeave: (path: JsonPath) => void;
  /** What to show about a place of the draft; the path is the draft's. */
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
}

/** What a form of a plane that exists knows of its secrets, none of which it has. */
export interface StoredSecrets {
  /** Ids of the slots that have a secret inline. */
  readonly inline: ReadonlySet<string>;
  /** Where a credential may come from; making Secrets is no part of changing a plane. */
  readonly sources: readonly CredentialSource[];
}

export const FieldsContext = createContext<FieldsState | null>(null);

/** The form that a field is part of. */
export function useFields(): FieldsState {
  const value = use(FieldsContext);
  if (!value) throw new Error('useFields needs a FieldsContext above it.');
  return value;
}

/** The messages at a path of the draft, as a `Field` takes them. */
export function useMessages(path: JsonPath): FieldMessages {
  return problemMessages(useFields().problemsAt(path));
}

export interface FieldMessages {
  readonly error: string[];
  readonly warning: string[];
}

export function problemMessages(problems: readonly DraftProblem[]): FieldMessages {
  const of = (severity: DraftProblem['severity']) =>
    problems.filter((problem) => problem.severity === severity).map((problem) => problem.message);
  return { error: of('error'), warning: of('warning') };
}

export interface FieldProps {
  readonly field: FormField;
  /** Beside the label: a button of the group or list around the field. */
  readonly action?: ReactNode;
  /** Where the field around it names it already. */
  readonly hideLabel?: boolean;
}

/** Fields with fields in them get the function that renders those, which may be of any kind, their own included. */
export interface ParentFieldProps extends FieldProps {
  readonly renderField: (props: FieldProps) => ReactNode;
}
