'use client';

import { clsx } from 'clsx';
import { Check as CheckIcon, ChevronRight, CircleAlert, CircleDashed, CircleHelp } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { COMMAND_VALUE_LABELS } from '@/lib/plane/agent-setup/command-values';
import { remedyCommand } from '@/lib/plane/agent-setup/remedy-commands';
import { CHECK_TITLES, type Check, type CheckState, type SetupRemedy } from '@/lib/plane/agent-setup/verdict';
import type { KindEntry } from '@/lib/plane/model/kinds';
import { useStoredCommandValues } from './stored-command-values';

const STATE_STYLES = {
  done: { Icon: CheckIcon, label: 'Done', tone: 'border-healthy/40 bg-healthy-soft text-healthy' },
  waiting: { Icon: CircleDashed, label: 'Waiting', tone: 'border-pending/40 bg-pending-soft text-pending' },
  problem: {
    Icon: CircleAlert,
    label: 'Problem',
    tone: 'border-disconnected/40 bg-error-soft text-disconnected',
  },
  'cannot-tell': {
    Icon: CircleHelp,
    label: 'Unknown',
    tone: 'border-line-strong bg-neutral-soft text-muted',
  },
} as const satisfies Record<CheckState, unknown>;

/**
 * The four checks of an agent's setup as a list, with remedies for those that fail.
 *
 * @param replaceHref the address for replacing the plane's CA; null if it can't be replaced here or the plane doesn't
 * exist yet
 */
export function SetupChecks({
  checks,
  entry,
  planeID,
  controlPlaneNamespace,
  replaceHref,
}: {
  readonly checks: readonly Check[];
  readonly entry: KindEntry;
  readonly planeID: string;
  readonly controlPlaneNamespace: string;
  readonly replaceHref: `/${string}` | null;
}) {
  const commandOf = useRemedyCommands(entry, planeID, controlPlaneNamespace);
  return (
    <ol className="grid">
      {checks.map((check, index) => (
        <CheckItem
          key={check.id}
          check={check}
          isLast={index === checks.length - 1}
          commandOf={commandOf}
          replaceHref={replaceHref}
        />
      ))}
    </ol>
  );
}

function CheckItem({
  check: { id, state, message, remedies },
  isLast,
  commandOf,
  replaceHref,
}: {
  readonly check: Check;
  readonly isLast: boolean;
  readonly commandOf: CommandOfRemedy;
  readonly replaceHref: `/${string}` | null;
}) {
  const { Icon, label, tone } = STATE_STYLES[state];
  return (
    <li data-check={id} data-state={state} className="relative flex gap-3 pb-5 last:pb-0">
      {isLast ? null : (
        <span
          aria-hidden="true"
          className={clsx(
            'absolute top-7 bottom-0 left-3.25 w-px',
            state === 'done' ? 'bg-healthy/40' : 'bg-line',
          )}
        />
      )}
      <span className={clsx('flex size-6.5 shrink-0 items-center justify-center rounded-full border', tone)}>
        <Icon size={14} aria-hidden="true" className={state === 'waiting' ? 'slow-spin' : undefined} />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <h3 className="flex flex-wrap items-baseline gap-x-2 font-medium">
          {CHECK_TITLES[id]}
          <span
            className={clsx('font-normal text-xs', state === 'problem' ? 'text-disconnected' : 'text-muted')}
          >
            {label}
          </span>
        </h3>
        <p className="mt-0.5 text-pretty break-words text-muted">{message}</p>
        {remedies.length === 0 ? null : (
          // A pending check isn't a problem, so its help stays folded.
          <details open={state === 'problem'} className="group mt-1.5">
            <summary className="flex list-none items-center gap-1 text-accent text-xs [&::-webkit-details-marker]:hidden">
              <ChevronRight
                size={12}
                aria-hidden="true"
                className="transition-transform group-open:rotate-90"
              />
              {state === 'problem' ? 'What to do' : 'What to check'}
            </summary>
            <ul className="mt-2 grid gap-2.5">
              {remedies.map((item) => (
                <RemedyItem
                  key={item.text}
                  remedy={item}
                  command={commandOf(item)}
                  // If the comparison shows that the CAs differ, the next step is to replace one.
                  replaceHref={item.command === 'agent-ca' ? replaceHref : null}
                />
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

function RemedyItem({
  remedy,
  command,
  replaceHref,
}: {
  readonly remedy: SetupRemedy;
  readonly command: ReturnType<CommandOfRemedy>;
  readonly replaceHref: `/${string}` | null;
}) {
  return (
    <li className="min-w-0 border-line-strong border-l-2 pl-2.5 text-xs">
      <p className="text-pretty break-words">{remedy.text}</p>
      {command === null ? null : <CommandBlock {...command} label={remedy.text} wrap />}
      {replaceHref === null ? null : (
        <ButtonLink href={replaceHref} variant="outline" className="mt-2">
          Replace certificate
        </ButtonLink>
      )}
    </li>
  );
}

/** Returns a remedy's command, filled in as far as possible, and the values it lacks; null if the remedy has none. */
type CommandOfRemedy = (
  remedy: SetupRemedy,
) => { readonly command: string; readonly missing: readonly string[] } | null;

/** Returns the commands for the checks' remedies, with the contexts stored in this browser. */
function useRemedyCommands(
  { role, planeType }: KindEntry,
  planeID: string,
  controlPlaneNamespace: string,
): CommandOfRemedy {
  const stored = useStoredCommandValues(`${planeType}/${planeID}`);
  const places = {
    planeContext: stored.planeContext || null,
    controlPlaneContext: stored.controlPlaneContext || null,
    controlPlaneNamespace,
  };
  return ({ command }) => {
    const text = command === undefined ? null : remedyCommand(command, role, places);
    if (text === null) return null;
    const needed = command === 'control-plane-pods' ? 'controlPlaneContext' : 'planeContext';
    return { command: text, missing: places[needed] === null ? [COMMAND_VALUE_LABELS[needed]] : [] };
  };
}
