'use client';

import { clsx } from 'clsx';
import { joinList } from '@/lib/plane/model/text';
import { CopyButton } from './copy-button';

/** Makes scrollable content reachable by keyboard; a role is needed to give it a name. */
const SCROLLED = { tabIndex: 0, role: 'group' } as const;

/** A command to copy. It can't be copied while a value is missing, because it would only fail. */
export function CommandBlock({
  command,
  label,
  missing = [],
  wrap = false,
}: {
  readonly command: string;
  /** Names the command for the copy button: "Install the chart". */
  readonly label: string;
  /** Labels of the missing values, as they appear in a sentence. */
  readonly missing?: readonly string[];
  /** For narrow places: wraps lines instead of scrolling. */
  readonly wrap?: boolean;
}) {
  return (
    <div className="mt-2 overflow-hidden rounded-lg border border-line bg-canvas">
      <div className="flex items-start gap-1 pr-1">
        <pre
          {...(wrap ? {} : { ...SCROLLED, 'aria-label': `Command: ${label}` })}
          className={clsx(
            'min-w-0 flex-1 px-3 py-2.5 font-mono text-xs leading-5',
            wrap ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'overflow-x-auto',
          )}
        >
          <code>{command}</code>
        </pre>
        {missing.length === 0 ? (
          <CopyButton label={`Copy: ${label}`} text={command} className="mt-1" />
        ) : null}
      </div>
      {missing.length === 0 ? null : (
        <p className="border-line border-t px-3 py-1.5 text-muted text-xs">
          Fill in the {joinList(missing)} first.
        </p>
      )}
    </div>
  );
}
