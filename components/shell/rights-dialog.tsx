'use client';

import { useEffect, useState } from 'react';
import { TextInput } from '@/components/ui/controls';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { IconLine } from '@/components/ui/notice';
import { type RightsAnswer, type RightsRule, rightsAnswerSchema } from '@/lib/api/session';
import { getJson } from '@/lib/client/api/api-request';
import { getFleetState } from '@/lib/client/feed/fleet-feed';

/** A namespace is typed letter by letter; each stop is worth one request. */
const TYPING_MS = 400;

type Reading =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly answer: RightsAnswer }
  | { readonly state: 'failed'; readonly sentence: string };

/** Shows what the person may do in a namespace, as the API server reports it. */
export function RightsDialog({
  user,
  groups,
  onClose,
}: {
  readonly user: string;
  readonly groups: readonly string[];
  readonly onClose: () => void;
}) {
  const [namespace, setNamespace] = useState(firstNamespace);
  const reading = useRights(namespace.trim());
  return (
    <Dialog open onClose={onClose} title="What may I do?" wide firstFocus="input">
      <dl className="mb-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 [overflow-wrap:anywhere]">
        <dt className="text-muted">User</dt>
        <dd>{user}</dd>
        <dt className="text-muted">Groups</dt>
        <dd>{groups.length === 0 ? 'None' : groups.join(', ')}</dd>
      </dl>
      <Field
        label="Namespace"
        help="Permissions in this namespace, including those that apply to the whole cluster."
        error={reading.state === 'failed' ? reading.sentence : undefined}
        className="max-w-72"
      >
        {(control) => (
          <TextInput {...control} value={namespace} onChange={(event) => setNamespace(event.target.value)} />
        )}
      </Field>
      <div className="mt-4 min-h-40" aria-live="polite" aria-busy={reading.state === 'reading'}>
        {reading.state === 'reading' ? <p className="text-muted">Reading your permissions…</p> : null}
        {reading.state === 'read' ? <Rules answer={reading.answer} /> : null}
      </div>
    </Dialog>
  );
}

/** One of the person's own planes, because many have rights only where these are. */
function firstNamespace(): string {
  for (const { namespace } of getFleetState().planes.values()) if (namespace) return namespace;
  return 'default';
}

function Rules({ answer: { rules, incomplete, namespace } }: { readonly answer: RightsAnswer }) {
  return (
    <>
      {incomplete ? (
        <IconLine tone="warning">
          The API server can't list all of your permissions. You may have more than these.
        </IconLine>
      ) : null}
      {rules.length === 0 ? <p>You have no permissions in the namespace {namespace}.</p> : null}
      {rules.length === 0 ? null : (
        <table className="mt-2 w-full table-fixed text-left [overflow-wrap:anywhere]">
          <thead className="text-muted text-xs">
            <tr>
              <th className="w-1/2 border-line border-b py-1.5 pr-3 font-medium">Resources</th>
              <th className="border-line border-b py-1.5 font-medium">Verbs</th>
            </tr>
          </thead>
          <tbody>
            {rules.toSorted(byRelevance).map((rule) => (
              <tr key={JSON.stringify(rule)} className="align-top">
                <td className="border-line border-b py-1.5 pr-3">
                  <Resources rule={rule} />
                </td>
                <td className="border-line border-b py-1.5">{rule.verbs.map(allText).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Resources({ rule }: { readonly rule: RightsRule }) {
  return (
    <>
      {resourceNames(rule).map((name) => (
        <div key={name}>{name}</div>
      ))}
      {rule.names.length === 0 ? null : (
        <div className="text-muted text-xs">only named {rule.names.join(', ')}</div>
      )}
    </>
  );
}

/** Returns each resource with its API group, as kubectl writes it. */
function resourceNames({ groups, resources }: RightsRule): string[] {
  return resources.flatMap((resource) =>
    groups.map((group) => {
      if (resource === '*') return group === '*' ? 'all resources' : `all of ${group || 'the core API'}`;
      return group === '' || group === '*' ? resource : `${resource}.${group}`;
    }),
  );
}

function allText(verb: string): string {
  return verb === '*' ? 'all' : verb;
}

/** The planes first, then by name. */
function byRelevance(a: RightsRule, b: RightsRule): number {
  const rank = ({ groups }: RightsRule) => (groups.some((group) => group.startsWith('openchoreo')) ? 0 : 1);
  return rank(a) - rank(b) || (resourceNames(a)[0] ?? '').localeCompare(resourceNames(b)[0] ?? '');
}

function useRights(namespace: string): Reading {
  const [reading, setReading] = useState<Reading>({ state: 'reading' });
  useEffect(() => {
    const abort = new AbortController();
    setReading({ state: 'reading' });
    const read = async () => {
      try {
        const path = `/api/session/rights?namespace=${encodeURIComponent(namespace)}`;
        const answer = rightsAnswerSchema.parse(await getJson(path, abort.signal));
        setReading({ state: 'read', answer });
      } catch (error) {
        if (abort.signal.aborted) return;
        setReading({ state: 'failed', sentence: error instanceof Error ? error.message : 'Reading failed.' });
      }
    };
    const timer = setTimeout(() => void read(), TYPING_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [namespace]);
  return reading;
}
