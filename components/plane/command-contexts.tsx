'use client';

import { clsx } from 'clsx';
import { useId, useState } from 'react';
import { storeCommandValue, useStoredCommandValues } from '@/components/agent-setup/stored-command-values';
import { TextInput } from '@/components/ui/controls';
import type { FleetPlane } from '@/lib/api/fleet';
import { COMMAND_VALUE_LABELS, commandValueProblem } from '@/lib/plane/agent-setup/command-values';
import { kindOfName } from '@/lib/plane/model/kinds';
import { capital } from '@/lib/plane/model/text';

type Context = 'planeContext' | 'controlPlaneContext';
const PLACEHOLDERS: Record<Context, string> = {
  planeContext: '<plane-context>',
  controlPlaneContext: '<control-plane-context>',
};

/** The key of a plane's cluster, under which its command values are stored. */
export function clusterKeyOf({ kind, planeID }: FleetPlane): string {
  return `${kindOfName(kind)?.planeType ?? kind}/${planeID ?? ''}`;
}

/**
 * Inputs for the kubectl contexts that the page's commands use, stored in this browser. Shows nothing if no command
 * uses a context.
 */
export function CommandContexts({
  plane,
  commands,
  className = 'mt-4',
}: {
  readonly plane: FleetPlane;
  readonly commands: readonly string[];
  readonly className?: string;
}) {
  const clusterKey = clusterKeyOf(plane);
  const stored = useStoredCommandValues(clusterKey);
  const usedContexts = (['planeContext', 'controlPlaneContext'] as const).filter(
    (name) =>
      commands.some((command) => command.includes(PLACEHOLDERS[name])) ||
      // A filled input stays, or it would vanish as soon as you type.
      (commands.some((command) => command.includes('--context')) && stored[name] !== ''),
  );
  if (usedContexts.length === 0) return null;
  return (
    <fieldset className={clsx('rounded-lg bg-neutral-soft px-3 py-2.5', className)}>
      <legend className="sr-only">Values for the commands</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {usedContexts.map((name) => (
          <ContextInput key={name} name={name} clusterKey={clusterKey} stored={stored[name]} />
        ))}
      </div>
    </fieldset>
  );
}

function ContextInput({
  name,
  clusterKey,
  stored,
}: {
  readonly name: Context;
  readonly clusterKey: string;
  readonly stored: string;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? stored;
  const problem = commandValueProblem(name, value);
  const label = COMMAND_VALUE_LABELS[name];
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-xs">
        {capital(label)}, for the commands
      </label>
      <TextInput
        id={id}
        mono
        value={value}
        placeholder={PLACEHOLDERS[name]}
        aria-invalid={problem === null ? undefined : true}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => {
          setTyped(event.target.value);
          storeCommandValue(name, event.target.value, clusterKey);
        }}
      />
      {problem === null ? null : (
        <p id={`${id}-problem`} className="mt-1 text-disconnected text-xs">
          {problem}
        </p>
      )}
    </div>
  );
}
