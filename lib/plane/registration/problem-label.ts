import { type JsonPath, pathKey } from '@/lib/plane/json/json-path';
import { fieldLabel, knownText } from '@/lib/plane/schema/field-text';
import type { DraftProblem } from './draft';

const LABELS: Readonly<Record<string, string>> = {
  plural: 'Kind',
  namespace: 'Namespace',
  name: 'Name',
  displayName: 'Display name',
  description: 'Description',
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

/** Below a gateway endpoint, a field's own label isn't enough: there are several hosts and ports. */
const ENDPOINT_FIELD = /^gateway\.(?:ingress|egress)\.(?:external|internal)\./;

/**
 * Returns the form's label of a draft's field: `['spec', 'gateway', 'publicVirtualHost']` is "Public virtual host".
 */
export function problemLabel(path: JsonPath): string {
  const [part, ...rest] = path;
  if (part === 'spec') return specLabel(rest) || 'Plane';
  if (part === 'credentials') {
    const [slotId, field] = rest;
    const label = specLabel(String(slotId ?? '').split('.'));
    const detail = SECRET_LABELS[String(field)];
    return detail ? `${label}, ${detail}` : label;
  }
  return LABELS[String(part)] ?? 'Plane';
}

/** Returns whether a path leads to a field, not to the plane as a whole. */
export function isFieldPath(path: JsonPath): boolean {
  return path.length > (path[0] === 'spec' ? 1 : 0);
}

/** Joins labels from the field upwards, up to the first that needs no more context. */
function specLabel(path: JsonPath): string {
  const labels: string[] = [];
  for (let length = path.length; length > 0; length -= 1) {
    const segment = path[length - 1];
    if (typeof segment === 'number') {
      labels.unshift(`${segment + 1}`);
      continue;
    }
    const known = knownText(path.slice(0, length))?.label;
    labels.unshift(known ?? fieldLabel(segment ?? ''));
    if (known !== undefined && !ENDPOINT_FIELD.test(path.slice(0, length).join('.'))) break;
  }
  return labels.join(' / ');
}

/** `2 fields need attention`; counts problems if one of them is about the whole plane. */
export function attentionText(errors: readonly DraftProblem[]): string {
  if (!errors.every(({ path }) => isFieldPath(path)))
    return errors.length === 1 ? '1 problem needs attention' : `${errors.length} problems need attention`;
  const count = new Set(errors.map(({ path }) => pathKey(path))).size;
  return count === 1 ? '1 field needs attention' : `${count} fields need attention`;
}
