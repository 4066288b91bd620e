'use client';

import { Activity, Boxes, Hammer, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWizardState } from '@/components/registration/draft-store';
import { chooseKind } from '@/components/registration/use-draft-start';
import { useWizard } from '@/components/registration/wizard-context';
import { FieldMessages } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { kindDescription, ROLES, type Role } from '@/lib/plane/model/kinds';
import { asSentence } from '@/lib/plane/model/text';
import { isUnreconciled, UNRECONCILED_TEXT } from '@/lib/plane/model/unreconciled-kinds';
import type { ServedKind } from '@/lib/plane/schema/installed-kind';
import { StepFrame } from './step-frame';

const ICON_PX = 16;
const ICONS: Record<Role, ReactNode> = {
  data: <Boxes size={ICON_PX} />,
  build: <Hammer size={ICON_PX} />,
  workflow: <Workflow size={ICON_PX} />,
  observability: <Activity size={ICON_PX} />,
};

/**
 * The step for the plane's kind. Only installed kinds can be chosen. One that you may not create, or that no controller
 * reconciles any more, says why.
 */
export function KindStep() {
  const { kinds, schemaProblem, access, draft, kind } = useWizard();
  const served = kinds.map(({ entry }) => entry);
  const { attemptedSteps } = useWizardState();
  const isLeftOver = kind !== undefined && isUnreconciled(kind.entry, served);
  const missing = isLeftOver ? UNRECONCILED_TEXT : draft ? null : 'Choose a kind.';
  const error = missing !== null && attemptedSteps.has('kind') ? missing : undefined;
  const options = ROLES.flatMap((role) => kinds.filter(({ entry }) => entry.role === role)).map(
    (installed) => {
      const { entry } = installed;
      const refused = isUnreconciled(entry, served)
        ? UNRECONCILED_TEXT
        : reasonNotToChoose(
            installed,
            schemaProblem,
            access.data?.kinds.find(({ plural }) => plural === entry.plural)?.create,
          );
      return {
        value: entry.plural,
        title: entry.label,
        description: kindDescription(entry),
        icon: ICONS[entry.role],
        ...(refused === null ? {} : { refused }),
      };
    },
  );
  return (
    <StepFrame missing={missing}>
      <fieldset data-field="plural" data-invalid={error ? '' : undefined} className="min-w-0">
        <legend className="sr-only">Kind of plane</legend>
        <RadioCards
          options={options}
          value={draft?.plural ?? null}
          onChange={(plural) => {
            const chosen = kinds.find(({ entry }) => entry.plural === plural);
            if (chosen?.schema) chooseKind({ entry: chosen.entry, schema: chosen.schema });
          }}
          className="sm:grid-cols-2"
        />
        <FieldMessages id="plural-messages" error={error} warning={undefined} />
      </fieldset>
      {access.problem === null ? null : (
        <p className="text-muted">
          Couldn't check which kinds you can create. {asSentence(access.problem)} The API server still checks
          when you register.
        </p>
      )}
    </StepFrame>
  );
}

/** Returns why a kind can't be chosen; null if it can, or while the API server hasn't answered. */
function reasonNotToChoose(
  { schema }: ServedKind,
  schemaProblem: string | undefined,
  create: { readonly state: string; readonly reason?: string | undefined } | undefined,
): string | null {
  if (!schema)
    return schemaProblem ?? "Planeboard hasn't read this kind's schema yet. This page keeps checking.";
  if (create?.state !== 'denied') return null;
  return (
    create.reason ??
    "You can't create planes of this kind. Ask an administrator for permission to create them."
  );
}
