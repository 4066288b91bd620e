/** The values in the commands that a person must supply. */
export const COMMAND_VALUES = ['chartVersion', 'gatewayUrl', 'planeContext', 'controlPlaneContext'] as const;
export type CommandValue = (typeof COMMAND_VALUES)[number];

/** Labels of the values, also used to list missing ones. */
export const COMMAND_VALUE_LABELS: Record<CommandValue, string> = {
  chartVersion: 'chart version',
  gatewayUrl: 'gateway address',
  planeContext: "kubectl context of the plane's cluster",
  controlPlaneContext: 'kubectl context of the control plane',
};

export type CommandValues = Readonly<Record<CommandValue, string>>;

const MAX_CONTEXT = 253;
/** Semantic versioning as Helm reads it: an optional v, three numbers, pre-release and build. */
const VERSION =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;
const HOST = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/i;

/**
 * Returns the problem with a value as a sentence that says what to type instead, or null. An empty value is missing,
 * not wrong.
 */
export function commandValueProblem(name: CommandValue, text: string): string | null {
  const value = text.trim();
  if (value === '') return null;
  switch (name) {
    case 'chartVersion':
      return VERSION.test(value)
        ? null
        : 'Enter a version with three numbers, such as 1.2.3 or 1.2.3-rc.1, and no operator.';
    case 'gatewayUrl':
      return gatewayUrlProblem(value);
    default:
      return contextProblem(value);
  }
}

/** Returns a value for use in a command, or null if it's missing or invalid. */
export function usableValue(name: CommandValue, text: string): string | null {
  const value = text.trim();
  return value === '' || commandValueProblem(name, value) !== null ? null : value;
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
