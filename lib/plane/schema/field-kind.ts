import type { SchemaNode } from './schema-node';

/** The kinds of input a field can get. */
const FIELD_KINDS = [
  'text',
  'host',
  'url',
  'number',
  'boolean',
  'choice',
  'list',
  'map',
  'group',
  'observability-plane',
  'json',
  'credential',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

type Path = readonly (string | number)[];

/**
 * Returns the kind of input for a field that isn't a credential, from its schema and name. Releases describe hosts
 * and URLs as plain strings, so only the name identifies them.
 */
export function fieldKind(node: SchemaNode, path: Path): Exclude<FieldKind, 'credential'> {
  if (path.length === 1 && path[0] === 'observabilityPlaneRef' && node.type !== 'any')
    return 'observability-plane';
  switch (node.type) {
    case 'object':
      return node.additionalProperties ? 'map' : 'group';
    case 'array':
      return 'list';
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'any':
      return 'json';
    case 'string':
      break;
  }
  if ((node.enum?.length ?? 0) > 0) return 'choice';
  if (isUrl(node, path)) return 'url';
  return isHost(node, path) ? 'host' : 'text';
}

/** Returns whether a text is a host name, a URL or a planeID, where surrounding blanks never mean anything. */
export function expectsHostOrUrl(node: SchemaNode, path: Path): boolean {
  const kind = fieldKind(node, path);
  return kind === 'host' || kind === 'url' || (path.length === 1 && path[0] === 'planeID');
}

function isUrl(node: SchemaNode, path: Path): boolean {
  if (node.format === 'uri' || node.format === 'url') return true;
  const name = lastName(path);
  return /(^|[a-z])(url|URL|Url|uri|URI|Uri)$/.test(name) || isApiServer(path);
}

/** The address of an API server that the control plane calls: `kubernetesCluster.server`, `credentials.apiServerURL`. */
export function isApiServer(path: Path): boolean {
  return (
    path[0] === 'kubernetesCluster' && (lastName(path) === 'server' || lastName(path) === 'apiServerURL')
  );
}

function isHost(node: SchemaNode, path: Path): boolean {
  return (
    node.format === 'hostname' ||
    /(^|[a-z])VirtualHost$|^virtualHost$|^host(name|Name)?$/.test(lastName(path))
  );
}

function lastName(path: Path): string {
  return String(path.findLast((segment) => typeof segment === 'string') ?? '');
}
