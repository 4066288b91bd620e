import { type JsonPath, pathKey } from '@/lib/plane/json/json-path';
import { PLANE_TEXT_FIELDS, PLANE_TEXTS } from '@/lib/plane/model/plane-texts';
import { fieldPathLabel } from '@/lib/plane/schema/field-text';
import type { DraftProblem } from './draft';

const LABELS: Readonly<Record<string, string>> = {
  plural: 'Kind',
  namespace: 'Namespace',
  name: 'Name',
  ...Object.fromEntries(PLANE_TEXT_FIELDS.map((field) => [field, PLANE_TEXTS[field].label])),
  labels: 'Labels',
  connection: 'Connection direction',
  auth: 'Sign-in method',
};

/** The fields of a credential's Secret. */
const SECRET_LABELS: Readonly<Record<string, string>> = {
  namespace: 'Secret namespace',
  name: 'Secret name',
  key: 'Secret key',
  source: 'source',
};

/**
 * Returns the form's label of a draft's field: `['spec', 'gateway', 'publicVirtualHost']` is "Public virtual host".
 */
export function problemLabel(path: JsonPath): string {
  const [part, ...rest] = path;
  if (part === 'spec') return fieldPathLabel(rest) || 'Plane';
  if (part === 'credentials') {
    const [slotId, field] = rest;
    const label = fieldPathLabel(String(slotId ?? '').split('.'));
    const detail = SECRET_LABELS[String(field)];
    return detail ? `${label}, ${detail}` : label;
  }
  return LABELS[String(part)] ?? 'Plane';
}

/** Returns whether a path leads to a field, not to the plane as a whole. */
export function isFieldPath(path: JsonPath): boolean {
  return path.length > (path[0] === 'spec' ? 1 : 0);
}

/** `2 fields need attention`; counts problems if one of them is about the whole plane. */
export function attentionText(errors: readonly DraftProblem[]): string {
  if (!errors.every(({ path }) => isFieldPath(path)))
    return errors.length === 1 ? '1 problem needs attention' : `${errors.length} problems need attention`;
  const count = new Set(errors.map(({ path }) => pathKey(path))).size;
  return count === 1 ? '1 field needs attention' : `${count} fields need attention`;
}
