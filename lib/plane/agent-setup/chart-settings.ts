import type { Role } from '@/lib/plane/model/kinds';
import { nameProblem } from '@/lib/plane/model/names';
import { type ChartRelease, isSince } from './chart-release';

/** The settings that some chart requires beyond those that every agent needs. */
export const SETTING_NAMES = [
  'gatewayHostname',
  'gatewayCertificate',
  'openSearchCredentialsSecret',
  'openSearchAdminPassword',
  'openSearchSecret',
  'observerSecret',
  'controlPlaneApiUrl',
  'observerBaseUrl',
] as const;
export type SettingName = (typeof SETTING_NAMES)[number];

/** A setting that a chart requires. Without it, helm stops, or the API server rejects an object of the chart. */
export interface ChartSetting {
  readonly name: SettingName;
  readonly label: string;
  /** What it is for, in a sentence. */
  readonly help: string;
  readonly placeholder: string;
  readonly form: 'hostname' | 'secret-name' | 'url' | 'secret';
  /** Its place in the chart's values. */
  readonly path: readonly string[];
  /** For the name of a Secret: the keys that the chart reads from it. */
  readonly secretKeys: readonly string[];
}

interface SettingRule extends Omit<ChartSetting, 'secretKeys'> {
  readonly role: Role;
  readonly since: string;
  readonly before?: string;
  readonly secretKeys?: (release: ChartRelease) => readonly string[];
}

/**
 * The Gateway API rejects an HTTPS listener that names no certificate. The charts render one all the same: by default,
 * their gateway serves HTTPS and its list of certificates is empty.
 */
const GATEWAY_CERTIFICATE = {
  name: 'gatewayCertificate',
  since: '0.15',
  label: "Secret of the gateway's certificate",
  help: "A TLS Secret in the chart's namespace with a certificate for this host name. The Gateway API rejects a gateway that serves HTTPS without one.",
  placeholder: 'gateway-tls',
  form: 'secret-name',
  path: ['gateway', 'tls', 'certificateRefs'],
  secretKeys: () => ['tls.crt', 'tls.key'],
} as const;

/** Found by rendering OpenChoreo's charts of each release from 0.9 to 1.2 without the setting. */
const RULES: readonly SettingRule[] = [
  {
    name: 'gatewayHostname',
    role: 'data',
    since: '0.15',
    label: 'Gateway host name',
    help: "The domain of the applications on this plane. The chart's gateway listens for it over HTTPS.",
    placeholder: '*.apps.example.com',
    form: 'hostname',
    path: ['gateway', 'tls', 'hostname'],
  },
  { ...GATEWAY_CERTIFICATE, role: 'data' },
  {
    name: 'gatewayHostname',
    role: 'observability',
    since: '0.15',
    label: 'Gateway host name',
    help: "The domain of the observer and of this plane's other services. The chart's gateway listens for it over HTTPS.",
    placeholder: '*.observability.example.com',
    form: 'hostname',
    path: ['gateway', 'tls', 'hostname'],
  },
  { ...GATEWAY_CERTIFICATE, role: 'observability' },
  {
    name: 'openSearchCredentialsSecret',
    role: 'observability',
    since: '0.15',
    before: '0.16',
    label: 'Secret of the OpenSearch administrator',
    help: "A Secret in the chart's namespace with the administrator of the OpenSearch cluster that the chart installs. You choose both values.",
    placeholder: 'opensearch-admin-credentials',
    form: 'secret-name',
    path: ['openSearchCluster', 'credentialsSecretName'],
    secretKeys: () => ['username', 'password'],
  },
  {
    name: 'openSearchAdminPassword',
    role: 'observability',
    since: '0.15',
    before: '0.16',
    label: 'OpenSearch administrator password',
    help: 'The chart takes it as a value. Enter it only in the file, never here.',
    placeholder: '',
    form: 'secret',
    path: ['openSearchCluster', 'adminPassword'],
  },
  {
    name: 'openSearchSecret',
    role: 'observability',
    since: '0.15',
    before: '1.2',
    label: 'Secret for OpenSearch',
    help: "A Secret in the chart's namespace. The observer signs in to this plane's OpenSearch with it.",
    placeholder: 'observer-opensearch-credentials',
    form: 'secret-name',
    path: ['observer', 'openSearchSecretName'],
    secretKeys: () => ['username', 'password'],
  },
  {
    name: 'observerSecret',
    role: 'observability',
    since: '1.0',
    label: 'Secret of the observer',
    help: "A Secret in the chart's namespace with the observer's credentials. UID_RESOLVER_OAUTH_CLIENT_SECRET is the secret of the observer's OAuth client at your identity provider.",
    placeholder: 'observer-secret',
    form: 'secret-name',
    path: ['observer', 'secretName'],
    secretKeys: (release) => [
      ...(isSince(release, '1.2') ? [] : ['OPENSEARCH_USERNAME', 'OPENSEARCH_PASSWORD']),
      'UID_RESOLVER_OAUTH_CLIENT_SECRET',
    ],
  },
  {
    name: 'controlPlaneApiUrl',
    role: 'observability',
    since: '1.2',
    label: 'Address of the OpenChoreo API',
    help: "The control plane's API (openchoreo-api), as the observer in this cluster reaches it.",
    placeholder: 'https://api.openchoreo.example.com',
    form: 'url',
    path: ['observer', 'controlPlaneApiUrl'],
  },
  {
    name: 'observerBaseUrl',
    role: 'observability',
    since: '1.2',
    label: 'Address of the observer',
    help: "The observer's own address, as the control plane and browsers reach it. It's also the plane's observer URL.",
    placeholder: 'https://observer.example.com',
    form: 'url',
    path: ['observer', 'extraEnvs'],
  },
];

/**
 * Returns the settings that the chart of a role requires in a release, in the order of its values. A release that is
 * newer than all known ones requires at least those of the newest known.
 */
export function chartSettings(role: Role, release: ChartRelease): ChartSetting[] {
  return RULES.filter(
    (rule) =>
      rule.role === role &&
      isSince(release, rule.since) &&
      (rule.before === undefined || !isSince(release, rule.before)),
  ).map(({ role: _role, since: _since, before: _before, secretKeys, ...setting }) => ({
    ...setting,
    secretKeys: secretKeys?.(release) ?? [],
  }));
}

/** Returns how a setting's text is checked. */
export function settingForm(name: SettingName): ChartSetting['form'] {
  return RULES.find((rule) => rule.name === name)?.form ?? 'secret';
}

const HOSTNAME =
  /^(?=.{1,253}$)(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
/** The charts' own placeholder domain, which they refuse. */
const PLACEHOLDER_DOMAIN = /\.invalid\.?$/i;

/** Returns the problem with a setting's text as a sentence that says what to enter instead, or null. */
export function settingProblem(form: ChartSetting['form'], text: string): string | null {
  const value = text.trim();
  if (value === '') return null;
  switch (form) {
    case 'hostname':
      if (value.includes('/') || value.includes(':'))
        return 'Enter only the host name, without a scheme, a port or a path.';
      if (!HOSTNAME.test(value))
        return 'Enter a host name in lower-case letters, such as *.apps.example.com.';
      if (/^[\d.]+$/.test(value)) return "Enter a host name. A gateway's listener can't use an IP address.";
      return PLACEHOLDER_DOMAIN.test(value) ? INVALID_DOMAIN : null;
    case 'secret-name':
      return nameProblem(value);
    case 'url':
      return urlProblem(value);
    case 'secret':
      return 'Enter it only in the file, never here.';
  }
}

const INVALID_DOMAIN =
  'The domain .invalid is the placeholder of the chart, which rejects it. Enter a real one.';

function urlProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || /[<>\s"]/.test(text))
    return 'Enter an address that begins with https:// or http://.';
  if (url.username !== '' || url.password !== '') return 'Remove the username and password from the address.';
  return PLACEHOLDER_DOMAIN.test(url.hostname) ? INVALID_DOMAIN : null;
}
