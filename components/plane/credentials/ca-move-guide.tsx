'use client';

import { type ReactNode, useState } from 'react';
import { FileBlock } from '@/components/agent-setup/file-block';
import { useStoredCommandValues } from '@/components/agent-setup/stored-command-values';
import { useChartRepository } from '@/components/agent-setup/use-command-values';
import { CommandContexts, clusterKeyOf } from '@/components/plane/command-contexts';
import { usePlanePage } from '@/components/plane/plane-page-context';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { CommandBlock } from '@/components/ui/command-block';
import { FieldSet } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { type CaMoveCommands, caMoveCommands } from '@/lib/plane/agent-setup/ca-move-commands';
import type { CommandStep } from '@/lib/plane/agent-setup/setup-commands';
import { kindOfName } from '@/lib/plane/model/kinds';

/** What a replacement shows in addition when it moves a plane to a CA of its own. */
export interface CaMoveGuide {
  /** How to create the CA, and print what to register. */
  readonly create: ReactNode;
  /** How to have the chart issue certificates with the CA, and restart the agent. */
  readonly restart: ReactNode;
}

/** Returns the guide of a move, or null if this release's charts take values that aren't known. */
export function useCaMoveGuide({ row: { plane }, related }: CurrentPlane): CaMoveGuide | null {
  const { planeContext, chartVersion } = useStoredCommandValues(clusterKeyOf(plane));
  const chartRepository = useChartRepository();
  const [chosen, setChosen] = useState<Source | null>(null);
  const { features } = usePlanePage();
  const entry = kindOfName(plane.kind);
  if (!entry || agentSetup(features, plane.connection) !== 'commands') return null;
  const commands = caMoveCommands({
    role: entry.role,
    planeID: plane.planeID ?? plane.name,
    planeContext,
    chartVersion,
    chartRepository,
  });
  const contexts = <CommandContexts plane={plane} commands={[commands.restart.command]} className="" />;
  const source = chosen ?? (related.value?.managedBy ? 'git' : 'helm');
  return {
    create: (
      <div className="grid gap-4">
        {contexts}
        <Steps steps={commands.create} />
      </div>
    ),
    restart: (
      <div className="grid gap-4">
        {contexts}
        <FieldSet label="How is the agent's chart installed?">
          <RadioCards
            value={source}
            onChange={setChosen}
            className="sm:grid-cols-2"
            options={[
              { value: 'helm', title: 'With helm', description: 'You run helm upgrade yourself.' },
              {
                value: 'git',
                title: 'From git',
                description: 'Argo CD, Flux or another tool installs it from a repository.',
              },
            ]}
          />
        </FieldSet>
        {source === 'git' ? <Overlay overlay={commands.overlay} /> : <Steps steps={commands.switch} />}
        <Steps steps={[commands.restart]} />
      </div>
    ),
  };
}

type Source = 'helm' | 'git';

function Steps({ steps }: { readonly steps: readonly CommandStep[] }) {
  return steps.map(({ id, title, why, command, file, missing }) => (
    <div key={id} className="min-w-0">
      <h3 className="font-medium">{title}</h3>
      <p className="text-pretty text-muted text-xs">{why}</p>
      {file ? (
        <FileBlock name={file.name} text={file.text} missing={[]} />
      ) : (
        <CommandBlock
          command={command}
          label={title}
          missing={missing.length === 0 ? [] : ["kubectl context of the plane's cluster"]}
        />
      )}
    </div>
  ));
}

/** Another tool would undo a helm upgrade, so only the change for its source is shown. */
function Overlay({ overlay }: { readonly overlay: CaMoveCommands['overlay'] }) {
  return (
    <div className="min-w-0">
      <h3 className="font-medium">Commit the changed values</h3>
      <p className="text-pretty text-muted text-xs">
        Merge these values into those of the agent's chart, and let the tool sync them. Keep the chart's
        version.
      </p>
      <FileBlock name={overlay.name} text={overlay.text} missing={[]} />
    </div>
  );
}
