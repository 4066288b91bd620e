/** The values in the commands that a person must supply. */
export const COMMAND_VALUES = ['chartVersion', 'gatewayUrl', 'planeContext', 'controlPlaneContext'] as const;
export type CommandValue = (typeof COMMAND_VALUES)[number];

/** Labels of the values, also used to list missing ones. */
export const COMMAND_VALUE_LABELS: Record<CommandValue, string> = {
  chartVersion: 'chart version',
  gatewayUrl: "gateway's address",
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
        : 'A chart version has three numbers, such as 1.2.3 or 1.2.3-rc.1, and no operator before them.';
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
      ? 'This is no address. The agent dials one such as wss://gateway.example.com:8443/ws.'
      : `The address begins with wss://, such as wss://${HOST.test(text) ? text : 'gateway.example.com'}:8443/ws.`;
  }
  const url = new URL(text);
  if (url.protocol !== 'wss:') {
    return 'The agent dials a WebSocket over TLS: the address begins with wss://, such as wss://gateway.example.com:8443/ws.';
  }
  if (url.username !== '' || url.password !== '')
    return 'Leave out the user name and password: the agent signs in with its certificate.';
  if (url.search !== '' || url.hash !== '')
    return 'Leave out what follows ? or #: the agent adds its own parameters.';
  const host = url.hostname;
  if (!host.startsWith('[') && !HOST.test(host))
    return `"${host}" cannot be a host: letters, digits, hyphens and dots are allowed.`;
  if (url.pathname === '/') return 'The gateway listens under a path: end the address with /ws.';
  return null;
}

function contextProblem(text: string): string | null {
  if (text.length > MAX_CONTEXT) return `A context's name has at most ${MAX_CONTEXT} characters here.`;
  // Shells can quote any character, but no one names a context with invisible ones.
  return /\p{C}/u.test(text)
    ? 'There are characters in it that cannot be seen: type the name by hand.'
    : null;
}
