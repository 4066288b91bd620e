'use client';

import { useState } from 'react';
import { AgentCommands } from '@/components/agent-setup/agent-commands';
import { useStoredSetup } from '@/components/agent-setup/stored-command-values';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { FieldSet } from '@/components/ui/field';
import { IconLine } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { chosenCertificateProblem } from '@/lib/plane/agent-setup/chosen-certificate';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import { nameProblem } from '@/lib/plane/model/names';
import { secretStoreName } from '@/lib/plane/model/secret-store';
import { planeIDOf } from '@/lib/plane/registration/known-planes';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';

/**
 * Asks whether the agent is installed, because its certificate exists only after its installation. If it isn't
 * installed, this shows the commands, and the wizard waits. Without commands for this release there's nothing to ask.
 */
export function AgentInstallation() {
  const { kind, draft } = useDraftedWizard();
  const [answer, setAnswer] = useState<'installed' | 'missing'>('installed');
  const hasName = nameProblem(draft.name) === null;
  const namespaced = kind.entry.scope === 'Namespaced';
  const identity =
    hasName && (!namespaced || draft.namespace !== '')
      ? {
          plural: kind.entry.plural,
          ...(namespaced ? { namespace: draft.namespace } : {}),
          name: draft.name,
        }
      : null;
  const setup = agentSetup(kindFeatures(kind.schema), draft.connection);
  const commands = (
    <AgentCommands
      entry={kind.entry}
      setup={setup}
      planeID={planeIDOf(draft, kind) ?? ''}
      identity={identity}
      secretStore={secretStoreName(draft.spec)}
    />
  );
  if (setup !== 'commands') {
    return (
      <section aria-label="Agent installation" className="rounded-xl border border-line bg-surface px-4 py-3">
        {commands}
      </section>
    );
  }
  return (
    <>
      <FieldSet
        label="Is the agent installed in the cluster?"
        help="The agent runs in the plane's cluster and connects to the control plane, so the cluster needs no open port."
      >
        <RadioCards
          value={answer}
          onChange={setAnswer}
          className="sm:grid-cols-2"
          options={[
            {
              value: 'installed',
              title: 'Yes, I have its CA',
              description: 'The certificate created when it was installed.',
            },
            {
              value: 'missing',
              title: 'Not yet, show me the commands',
              description: 'The last command prints the CA to enter below.',
            },
          ]}
        />
      </FieldSet>
      {answer === 'missing' ? (
        <section
          aria-label="Commands that install the agent"
          className="rounded-xl border border-line bg-surface px-4 py-4"
        >
          {commands}
          <p className="mt-4 text-pretty border-line border-t pt-3">
            Enter the certificate that the last command prints below. This tab keeps your draft, even if you
            reload it.
          </p>
          <ChoiceComparison />
        </section>
      ) : null}
    </>
  );
}

/** Says that the entered certificate isn't of the kind that the commands install the agent with. */
function ChoiceComparison() {
  const { kind, draft, inspections } = useDraftedWizard();
  const { choices } = useStoredSetup(`${kind.entry.planeType}/${planeIDOf(draft, kind) ?? ''}`);
  const slot = activeSlots(kind, draft).find(({ purpose }) => purpose === 'agent-ca');
  const inspection = slot === undefined ? undefined : inspections.bySlot[slot.id];
  const problem =
    inspection?.state === 'read'
      ? chosenCertificateProblem(choices.certificate, inspection.answer.certificates)
      : null;
  return (
    <div role="status" className="not-empty:mt-3">
      {problem === null ? null : <IconLine tone="warning">{problem}</IconLine>}
    </div>
  );
}
