import { clsx } from 'clsx';
import { CircleAlert, Info, OctagonAlert } from 'lucide-react';
import { ObjectLink } from '@/components/plane/related/object-link';
import type { Consequence } from '@/lib/plane/consequences/consequence';

const WEIGHTS = {
  stop: { Icon: OctagonAlert, tone: 'text-disconnected', label: 'Blocker: ' },
  harm: { Icon: CircleAlert, tone: 'text-degraded', label: 'Impact: ' },
  note: { Icon: Info, tone: 'text-muted', label: 'Note: ' },
} as const;
/** Objects beyond this number are only counted. */
const MAX_NAMED = 12;

/** The consequences of a write, worst first, with the affected objects. */
export function ConsequenceList({
  consequences,
  namespace,
}: {
  readonly consequences: readonly Consequence[];
  /** The plane's own, which is left out of the names. */
  readonly namespace: string | undefined;
}) {
  return (
    <ul className="grid gap-3">
      {consequences.map(({ code, weight, text, objects }) => {
        const { Icon, tone, label } = WEIGHTS[weight];
        return (
          <li key={`${code} ${text}`} data-consequence={code} className="flex min-w-0 gap-2.5">
            <Icon size={16} aria-hidden="true" className={clsx('mt-0.5 shrink-0', tone)} />
            <div className="min-w-0">
              <p className="text-pretty [overflow-wrap:anywhere]">
                <span className="sr-only">{label}</span>
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
