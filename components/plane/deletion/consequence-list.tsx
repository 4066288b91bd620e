'use client';

import { clsx } from 'clsx';
import { CircleAlert, Info, OctagonAlert } from 'lucide-react';
import { ObjectLink } from '@/components/plane/object-link';
import type { Consequence } from '@/lib/plane/deletion/deletion-consequences';

const LOOKS = {
  stop: { Icon: OctagonAlert, tone: 'text-disconnected', words: 'In the way: ' },
  harm: { Icon: CircleAlert, tone: 'text-degraded', words: 'Lost: ' },
  note: { Icon: Info, tone: 'text-muted', words: 'Note: ' },
} as const;
/** More than these are counted, not shown. */
const MAX_NAMED = 12;

/** What deleting a plane brings with it, worst first, with the objects that it concerns. */
export function ConsequenceList({
  consequences,
  namespace,
}: {
  readonly consequences: readonly Consequence[];
  readonly namespace: string | undefined;
}) {
  return (
    <ul className="grid gap-3">
      {consequences.map(({ code, weight, text, objects }) => {
        const { Icon, tone, words } = LOOKS[weight];
        return (
          <li key={code} data-consequence={code} className="flex min-w-0 gap-2.5">
            <Icon size={16} aria-hidden="true" className={clsx('mt-0.5 shrink-0', tone)} />
            <div className="min-w-0">
              <p className="text-pretty [overflow-wrap:anywhere]">
                <span className="sr-only">{words}</span>
                {text}
              </p>
              {objects.length === 0 ? null : (
                <ul className="mt-1 grid gap-0.5">
                  {objects.slice(0, MAX_NAMED).map((object) => (
                    <li key={`${object.kind} ${object.namespace ?? ''} ${object.name}`}>
                      <ObjectLink object={object} from={namespace} />
                    </li>
                  ))}
                  {objects.length > MAX_NAMED ? (
                    <li className="text-muted text-xs">and {objects.length - MAX_NAMED} more</li>
                  ) : null}
                </ul>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
