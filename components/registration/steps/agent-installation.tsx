'use client';

import { useState } from 'react';
import { AgentCommands } from '@/components/agent-setup/agent-commands';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { FieldSet } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
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
        </section>
      ) : null}
    </>
  );
}
