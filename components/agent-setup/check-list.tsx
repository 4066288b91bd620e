'use client';

import { clsx } from 'clsx';
import { Check as CheckIcon, ChevronRight, CircleAlert, CircleDashed, CircleHelp } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button-link';
import { CommandBlock } from '@/components/ui/command-block';
import type { Advice, Check, CheckState } from '@/lib/plane/agent-setup/setup-check';
import { CHECK_TITLES } from '@/lib/plane/agent-setup/setup-check';
import type { CommandOfAdvice } from './use-advice-commands';

const LOOKS = {
  done: { Icon: CheckIcon, words: 'Done', tone: 'border-healthy/40 bg-healthy-soft text-healthy' },
  waiting: { Icon: CircleDashed, words: 'Waiting', tone: 'border-pending/40 bg-pending-soft text-pending' },
  problem: {
    Icon: CircleAlert,
    words: 'Problem',
    tone: 'border-disconnected/40 bg-trouble-soft text-disconnected',
  },
  'cannot-tell': {
    Icon: CircleHelp,
    words: 'Cannot be told',
    tone: 'border-line-strong bg-neutral-soft text-muted',
  },
} as const satisfies Record<CheckState, unknown>;

/**
 * The four checks, one under the other.
 *
 * @param replaceHref where the CA that the plane names can be replaced; null: not here, or there is no plane yet
 */
export function CheckList({
  checks,
  commandOf,
  replaceHref,
}: {
  readonly checks: readonly Check[];
  readonly commandOf: CommandOfAdvice;
  readonly replaceHref: `/${string}` | null;
}) {
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
  check: { id, state, message, advice },
  isLast,
  commandOf,
  replaceHref,
}: {
  readonly check: Check;
  readonly isLast: boolean;
  readonly commandOf: CommandOfAdvice;
  readonly replaceHref: `/${string}` | null;
}) {
  const { Icon, words, tone } = LOOKS[state];
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
            {words}
          </span>
        </h3>
        <p className="mt-0.5 text-pretty break-words text-muted">{message}</p>
        {advice.length === 0 ? null : (
          // What merely has not come yet is no trouble, and needs no help before somebody asks for it.
          <details open={state === 'problem'} className="group mt-1.5">
            <summary className="flex list-none items-center gap-1 text-accent text-xs [&::-webkit-details-marker]:hidden">
              <ChevronRight
                size={12}
                aria-hidden="true"
                className="transition-transform group-open:rotate-90"
              />
              {state === 'problem' ? 'What to do' : 'What to look at'}
            </summary>
            <ul className="mt-2 grid gap-2.5">
              {advice.map((item) => (
                <AdviceItem
                  key={item.text}
                  advice={item}
                  command={commandOf(item)}
                  // Who compares the CAs and finds that they differ wants the other one in its place.
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

function AdviceItem({
  advice,
  command,
  replaceHref,
}: {
  readonly advice: Advice;
  readonly command: ReturnType<CommandOfAdvice>;
  readonly replaceHref: `/${string}` | null;
}) {
  return (
    <li className="min-w-0 border-line-strong border-l-2 pl-2.5 text-xs">
      <p className="text-pretty break-words">{advice.text}</p>
      {command === null ? null : <CommandBlock {...command} label="look further" wrap />}
      {replaceHref === null ? null : (
        <ButtonLink href={replaceHref} variant="outline" className="mt-2">
          Replace the certificate…
        </ButtonLink>
      )}
    </li>
  );
}
