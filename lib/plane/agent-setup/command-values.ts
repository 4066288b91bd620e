import type { Role } from '@/lib/plane/model/kinds';
import { nameProblem } from '@/lib/plane/model/names';
import { chartReleaseOf, releaseProblem } from './chart-release';
import { SETTING_NAMES, settingForm, settingProblem } from './chart-settings';

/** The values in the commands that a person must supply. */
export const COMMAND_VALUES = [
  'chartVersion',
  'gatewayUrl',
  'planeContext',
  'controlPlaneContext',
  'caSecret',
  ...SETTING_NAMES,
] as const;
export type CommandValue = (typeof COMMAND_VALUES)[number];

/** Labels of the values, also used to list missing ones. */
export const COMMAND_VALUE_LABELS: Record<CommandValue, string> = {
  chartVersion: 'chart version',
  gatewayUrl: 'gateway address',
  planeContext: "kubectl context of the plane's cluster",
  controlPlaneContext: 'kubectl context of the control plane',
  caSecret: 'Secret of the CA',
  gatewayHostname: 'gateway host name',
  gatewayCertificate: "Secret of the gateway's certificate",
  openSearchCredentialsSecret: 'Secret of the OpenSearch administrator',
  openSearchAdminPassword: 'OpenSearch administrator password',
  openSearchSecret: 'Secret for OpenSearch',
  observerSecret: 'Secret of the observer',
  controlPlaneApiUrl: 'address of the OpenChoreo API',
  observerBaseUrl: 'address of the observer',
};

export type CommandValues = Readonly<Record<CommandValue, string>>;

/** Nothing entered. */
export const NO_VALUES = Object.fromEntries(COMMAND_VALUES.map((name) => [name, ''])) as CommandValues;

/** What stands for a missing value in a command or a file: `<gateway-url>`. */
export const PLACEHOLDERS = Object.fromEntries(
  COMMAND_VALUES.map((name) => [name, `<${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}>`]),
) as CommandValues;

const MAX_CONTEXT = 253;
/** Semantic versioning as Helm reads it: an optional v, three numbers, pre-release and build. */
const VERSION =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;
const HOST = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/i;

/**
 * Returns the problem with a value as a sentence that says what to type instead, or null. An empty value is missing,
 * not wrong.
 *
 * @param role the plane's role; a version is then also checked for having a chart of it
 */
export function commandValueProblem(name: CommandValue, text: string, role?: Role): string | null {
  const value = text.trim();
  if (value === '') return null;
  switch (name) {
    case 'chartVersion':
      return versionProblem(value, role);
    case 'gatewayUrl':
      return gatewayUrlProblem(value);
    case 'planeContext':
    case 'controlPlaneContext':
      return contextProblem(value);
    case 'caSecret':
      return nameProblem(value);
    default:
      return settingProblem(settingForm(name), value);
  }
}

/** Returns a value for use in a command, or null if it's missing or invalid. */
export function usableValue(name: CommandValue, text: string, role?: Role): string | null {
  const value = text.trim();
  return value === '' || commandValueProblem(name, value, role) !== null ? null : value;
}

function versionProblem(text: string, role: Role | undefined): string | null {
  if (!VERSION.test(text))
    return 'Enter a version with three numbers, such as 1.2.3 or 1.2.3-rc.1, and no operator.';
  const release = chartReleaseOf(text);
  return role === undefined || release === null ? null : releaseProblem(role, release);
}

function gatewayUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) {
    return text.includes('://')
      ? 'Enter an address such as wss://gateway.example.com:8443/ws.'
      : `Start the address with wss://, such as wss://${HOST.test(text) ? text : 'gateway.example.com'}:8443/ws.`;
  }
  const url = new URL(text);
  if (url.protocol !== 'wss:') {
    return 'The agent connects over a secure WebSocket. Start the address with wss://, such as wss://gateway.example.com:8443/ws.';
  }
  if (url.username !== '' || url.password !== '')
    return 'Remove the username and password. The agent authenticates with its certificate.';
  if (url.search !== '' || url.hash !== '')
    return 'Remove everything from ? or # on. The agent adds its own parameters.';
  const host = url.hostname;
  if (!host.startsWith('[') && !HOST.test(host))
    return `"${host}" isn't a valid host. Use letters, digits, dashes and dots.`;
  if (url.pathname === '/') return 'Add the path of the gateway: end the address with /ws.';
  return null;
}

function contextProblem(text: string): string | null {
  if (text.length > MAX_CONTEXT) return `Use at most ${MAX_CONTEXT} characters.`;
  // Shells can quote any character, but no one names a context with invisible ones.
  return /\p{C}/u.test(text) ? 'The name contains invisible characters. Type it by hand.' : null;
}
