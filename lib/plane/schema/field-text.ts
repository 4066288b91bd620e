import { type FieldText, KNOWN_ENDPOINT_FIELDS, KNOWN_FIELDS } from './known-fields';
import type { SchemaNode } from './schema-node';

/** The order in which people think of known fields. Other fields follow in the schema's order. */
const ORDER: readonly string[] = [
  'planeID',
  'clusterAgent',
  'agent',
  'kubernetesCluster',
  'gateway',
  'observerURL',
  'rcaAgentURL',
  'finOpsAgentURL',
  'registry',
  'secretStoreRef',
  'imagePullSecretRefs',
  'observabilityPlaneRef',
  'observer',
  'ingress',
  'egress',
  'external',
  'internal',
  'kind',
  'name',
  'namespace',
  'server',
  'apiServerURL',
  'host',
  'port',
  'listenerName',
  'http',
  'https',
  'tls',
  'auth',
  'credentials',
  'ca',
  'caCert',
  'clientCert',
  'clientKey',
  'publicVirtualHost',
  'organizationVirtualHost',
  'publicHTTPPort',
  'publicHTTPSPort',
  'organizationHTTPPort',
  'organizationHTTPSPort',
  'publicGatewayName',
  'publicGatewayNamespace',
  'organizationGatewayName',
  'organizationGatewayNamespace',
  'url',
  'prefix',
  'secretRef',
  'authentication',
  'username',
  'password',
  'key',
  'value',
];

type Path = readonly (string | number)[];

/** Returns the texts of a field that some release has, or null for an unknown field. */
export function knownText(path: Path): FieldText | null {
  const names = path.filter((segment): segment is string => typeof segment === 'string');
  const id = names.join('.');
  if (Object.hasOwn(KNOWN_FIELDS, id)) return KNOWN_FIELDS[id] ?? null;
  const endpoint = /^gateway\.(?:ingress|egress)\.(?:external|internal)\.(.+)$/.exec(id)?.[1];
  if (endpoint === 'http.port') return KNOWN_ENDPOINT_FIELDS['http.port'] ?? null;
  const last = endpoint?.replace(/^(?:http|https|tls)\.(host|port|listenerName)$/, '$1');
  return last !== undefined && Object.hasOwn(KNOWN_ENDPOINT_FIELDS, last)
    ? (KNOWN_ENDPOINT_FIELDS[last] ?? null)
    : null;
}

/** Below a gateway endpoint, a field's own label isn't enough: there are several hosts and ports. */
const ENDPOINT_FIELD = /^gateway\.(?:ingress|egress)\.(?:external|internal)\./;

/**
 * Returns the label of a field of the spec, on every page: its own, after those of the fields around it up to the first
 * that needs no more context. `['gateway', 'ingress', 'external', 'https', 'host']` is "External ingress / HTTPS
 * listener / Host".
 *
 * @param below how many of the first segments a heading already names
 */
export function fieldPathLabel(path: Path, below = 0): string {
  const labels: string[] = [];
  for (let length = path.length; length > below; length -= 1) {
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

/**
 * Returns the texts beside an input: the known ones, or else texts derived from the field's name and schema. The help
 * names the schema's default, because the API server fills it in when the field is left empty.
 */
export function fieldText(node: SchemaNode, path: Path): FieldText {
  const known = knownText(path);
  const name = String(path.findLast((segment) => typeof segment === 'string') ?? 'Value');
  const filledIn = defaultText(node);
  const help = [
    known?.help ?? (known ? undefined : node.description?.trim()),
    filledIn === undefined ? undefined : `Default: ${filledIn}.`,
  ]
    .filter(Boolean)
    .join(' ');
  const placeholder = filledIn ?? known?.placeholder;
  return {
    label: known?.label ?? fieldLabel(name),
    ...(help ? { help } : {}),
    ...(placeholder ? { placeholder } : {}),
  };
}

function defaultText(node: SchemaNode): string | undefined {
  const { default: value } = node;
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

/** Sorts the properties of a group into the order in which they are shown and written. */
export function orderedFields<T>(properties: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  const rank = (name: string) => {
    const index = ORDER.indexOf(name);
    return index === -1 ? ORDER.length : index;
  };
  return properties.toSorted(([a], [b]) => rank(a) - rank(b));
}

/** Names that don't read well as words, at paths that no release is known to have. */
const NAME_LABELS: Record<string, string> = {
  basicAuth: 'Basic authentication',
  mtls: 'Mutual TLS',
  caCert: 'CA certificate',
};

/** Acronyms that a field's own name may contain. */
const ACRONYMS = /^(id|url|ca|tls|http|https|api|dns|ip|rca|uri)$/i;

/** Turns an unknown field's name into a label: `listenerPortName` becomes "Listener port name". */
export function fieldLabel(name: string): string {
  const known = Object.hasOwn(NAME_LABELS, name) ? NAME_LABELS[name] : undefined;
  if (known !== undefined) return known;
  const parts = name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[-_.]/).filter(Boolean);
  const words = parts.map((part, index) => {
    if (ACRONYMS.test(part)) return part.toUpperCase();
    return index === 0 ? part.charAt(0).toUpperCase() + part.slice(1) : part.toLowerCase();
  });
  return words.join(' ');
}
