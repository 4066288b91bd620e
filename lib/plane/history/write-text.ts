import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import { MAINTENANCE_REASON_ANNOTATION, MAINTENANCE_UNTIL_ANNOTATION } from '@/lib/plane/model/maintenance';
import { PLANE_TEXTS, planeTextField } from '@/lib/plane/model/plane-texts';
import { asSentence, capital, joinSome, lowerFirst } from '@/lib/plane/model/text';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { WrittenField } from './field-writes';
import type { RecordedWrite, WriteAuthor } from './recorded-write';
import { AGENT_CA_SLOT, type FieldPath, RESTORED, secretOf } from './traced-fields';

/** The tools behind well-known field managers. */
const TOOLS: Readonly<Record<string, string>> = {
  'kustomize-controller': 'Flux',
  'helm-controller': 'Flux',
  'argocd-controller': 'Argo CD',
  'argocd-application-controller': 'Argo CD',
  helm: 'Helm',
};

const MAX_SHOWN_FIELDS = 6;

function toolOfManager(manager: string): string | undefined {
  return Object.hasOwn(TOOLS, manager) ? TOOLS[manager] : undefined;
}

/**
 * Describes who made a change, for use after "by" or as a subject: `you`, `jane`, `Flux (kustomize-controller)`,
 * `field manager kubectl-edit`.
 *
 * @param viewer the API server's name for the reader; null if unknown
 */
export function authorText({ manager, user }: WriteAuthor, viewer: string | null): string {
  if (user !== undefined && user !== null) return user === viewer ? 'you' : user;
  if (user === null) return 'a user of Planeboard';
  if (manager === null) return 'an unknown field manager';
  const tool = toolOfManager(manager);
  return tool === undefined ? `field manager ${manager}` : `${tool} (${manager})`;
}

/** Names a field as people know it: `spec.planeID`, `label team`, `display name`. */
export function fieldText(path: FieldPath): string {
  const inSecret = secretOf(path);
  if (inSecret) return secretText(inSecret);
  const [top, group, ...rest] = path;
  const name = rest.join('.');
  if (group === 'annotations' && rest[0] === REPLACED_ANNOTATION) return `credential ${rest[1]}`;
  if (top !== 'metadata') return [top, group, ...rest].filter((part) => part !== undefined).join('.');
  if (group === 'labels') return name === '' ? 'labels' : `label ${name}`;
  const text = planeTextField(name);
  if (text !== undefined) return lowerFirst(PLANE_TEXTS[text].label);
  if (name === MAINTENANCE_UNTIL_ANNOTATION) return 'end of maintenance';
  if (name === MAINTENANCE_REASON_ANNOTATION) return 'reason of maintenance';
  return name === '' ? 'annotations' : `annotation ${name}`;
}

/**
 * Lists fields with what happened to them: `spec.planeID and label team (removed)`. The first record of a replaced
 * credential is added, but the credential is changed.
 */
export function fieldsText(fields: readonly WrittenField[], moreFields = 0): string {
  const texts = fields.map(({ path, change }) =>
    change === 'changed' || path[2] === REPLACED_ANNOTATION
      ? fieldText(path)
      : `${fieldText(path)} (${change})`,
  );
  return joinSome([...texts, ...Array.from({ length: moreFields }, () => '')], MAX_SHOWN_FIELDS);
}

/** Returns a change as a sentence or two, without values that could be secret. */
export function writeText(write: RecordedWrite, viewer: string | null): string {
  const by = `by ${authorText(write.author, viewer)}`;
  const { fields, moreFields, generation } = write;
  const list = fieldsText(fields, moreFields);
  const count = generation ? ` Generation ${generation.after}, was ${generation.before}.` : '';
  if (write.subject === 'maintenance') return maintenanceText(write, by);
  if (write.subject === 'credential') return credentialText(write, by);
  const earlier = revertedAuthor(write, viewer);
  if (earlier !== null) {
    const has = fields.length + moreFields === 1 ? 'has the value' : 'have the values';
    return `Reverted ${by}: ${namesText(write)} again ${has} from before the change by ${earlier}.${count}`;
  }
  if (write.subject === 'metadata') return metadataText(write, by);
  return `Spec changed ${by}: ${list}.${count}`;
}

/**
 * Returns the author of the earlier change that a write reverts; null if it reverts none. People who change their own
 * value again don't revert it.
 */
export function revertedAuthor({ author, takesBack }: RecordedWrite, viewer: string | null): string | null {
  if (!takesBack) return null;
  const earlier = authorText(takesBack.author, viewer);
  return earlier === authorText(author, viewer) ? null : earlier;
}

/** Names a credential in a Secret: `agent CA in Secret acme/ca`. */
function secretText({ secret, slot }: { readonly secret: string; readonly slot: string }): string {
  return `${slot === AGENT_CA_SLOT ? 'agent CA' : `credential ${slot}`} in Secret ${secret}`;
}

function credentialText({ fields, takesBack }: RecordedWrite, by: string): string {
  const texts = fields.map(({ path, change }) => {
    const inSecret = secretOf(path);
    if (inSecret) {
      const what = change === 'removed' ? 'removed' : takesBack ? 'set back' : 'changed';
      return `${capital(secretText(inSecret))} ${what}. A Secret doesn't say by whom.`;
    }
    const [, , , slot = '', action = ''] = path;
    if (action === RESTORED) return `Old certificate restored ${by}: ${slot}.`;
    if (action === 'add') return `Certificate added ${by}: ${slot}.`;
    return `${action === 'keep-only' ? 'Certificate removed' : 'Credential replaced'} ${by}: ${slot}.`;
  });
  return texts.join(' ');
}

function metadataText({ fields, moreFields }: RecordedWrite, by: string): string {
  const [first] = fields;
  const change = fields.every((field) => field.change === first?.change) ? first?.change : undefined;
  if (change === undefined) return `Metadata changed ${by}: ${fieldsText(fields, moreFields)}.`;
  return `${capital(namesText({ fields, moreFields }))} ${change} ${by}.`;
}

/** Lists fields without what happened to them. */
function namesText({ fields, moreFields }: Pick<RecordedWrite, 'fields' | 'moreFields'>): string {
  return fieldsText(
    fields.map(({ path }) => ({ path, change: 'changed' })),
    moreFields,
  );
}

function maintenanceText({ maintenance, fields }: RecordedWrite, by: string): string {
  if (!maintenance) return `Maintenance ended ${by}.`;
  const isNew = fields.some(
    ({ path, change }) => change === 'added' && path.at(-1) === MAINTENANCE_UNTIL_ANNOTATION,
  );
  const untilMs = parseTimeMs(maintenance.until);
  const until = untilMs === null ? '' : ` until ${formatUtc(untilMs)}`;
  const reason = maintenance.reason ? `: ${asSentence(maintenance.reason)}` : '.';
  return `Maintenance ${isNew ? 'set' : 'changed'} ${by}${until}${reason}`;
}

/** What this server does to a plane as a whole. */
export type OwnAction = 'registered' | 'deletion-requested';

const ACTIONS: Record<OwnAction, string> = {
  registered: 'Registered',
  'deletion-requested': 'Deletion requested',
};

/** Returns that this server created or deleted a plane for a user, as a sentence. */
export function actionText(action: OwnAction, user: string | null, viewer: string | null): string {
  return `${ACTIONS[action]} in Planeboard by ${authorText({ manager: null, user }, viewer)}.`;
}
