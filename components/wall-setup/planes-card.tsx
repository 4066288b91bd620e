'use client';

import { Card } from '@/components/ui/card';
import type { ChangeUrlState } from '@/lib/client/use-url-state';
import type { WallFormProblems } from '@/lib/plane/wall/wall-form-problems';
import { AddNamespace } from './add-namespace';
import { SetupChecks } from './check-list';
import { toggled, type WallSetup } from './setup-url';
import type { WallOptions } from './wall-options';

/** Which planes a wall shows. */
export function PlanesCard({
  setup,
  change,
  options,
  problems,
  fleetIsKnown,
}: {
  readonly setup: WallSetup;
  readonly change: ChangeUrlState<WallSetup>;
  readonly options: WallOptions;
  readonly problems: WallFormProblems;
  /** Whether it is known in which namespaces planes are. */
  readonly fleetIsKnown: boolean;
}) {
  return (
    <Card title="Which planes">
      <div className="grid gap-4">
        <SetupChecks
          label="Roles"
          options={options.roles}
          chosen={setup.roles}
          error={problems.roles}
          empty="No kind of plane is installed here."
          onToggle={(role) => change({ roles: toggled(setup.roles, role) })}
        />
        <SetupChecks
          label="Kinds"
          options={options.kinds}
          chosen={setup.kinds}
          error={problems.kinds}
          empty="No kind of plane is installed here."
          onToggle={(kind) => change({ kinds: toggled(setup.kinds, kind) })}
        />
        <SetupChecks
          label="Namespaces"
          {...(setup.namespaces.length > 0
            ? { help: 'Cluster-wide planes are in no namespace, so this leaves them out.' }
            : {})}
          options={options.namespaces}
          chosen={setup.namespaces}
          error={problems.namespaces}
          empty={fleetIsKnown ? 'No plane is in a namespace yet.' : 'Reading the fleet …'}
          onToggle={(namespace) => change({ namespaces: toggled(setup.namespaces, namespace) })}
        >
          <AddNamespace
            onAdd={(namespace) => {
              if (!setup.namespaces.includes(namespace))
                change({ namespaces: toggled(setup.namespaces, namespace) });
            }}
          />
        </SetupChecks>
        <SetupChecks
          label="States"
          {...(setup.health.length > 0
            ? { help: 'A wall of some states does not show when a plane is in another one.' }
            : {})}
          options={options.health}
          chosen={setup.health}
          error={problems.health}
          onToggle={(state) => change({ health: toggled(setup.health, state) })}
        />
      </div>
    </Card>
  );
}
