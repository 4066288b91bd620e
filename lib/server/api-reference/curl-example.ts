import 'server-only';
import type { ApiOperation } from './operation';

/** Returns a command that sends an example of a request. The address and the token are variables of the shell. */
export function curlExample(operation: ApiOperation): string {
  const { method, request, isPublic, answers } = operation;
  const isStream = answers.some(({ body }) => body?.type === 'events');
  const parts = [
    `curl${isStream ? ' -N' : ''}${method === 'GET' ? '' : ` -X ${method}`} "$PLANEBOARD_URL${addressOf(operation)}"`,
    ...(isPublic === true ? [] : ['-H "Authorization: Bearer $PLANEBOARD_TOKEN"']),
    ...(method === 'GET' ? [] : ["-H 'Content-Type: application/json'"]),
    ...(request === undefined ? [] : [`-d ${singleQuoted(JSON.stringify(request.example, null, 2))}`]),
  ];
  return parts.join(' \\\n  ');
}

function addressOf({ path, parameters = [] }: ApiOperation): string {
  const ofPath = new Map(parameters.filter((one) => one.in === 'path').map((one) => [one.name, one.example]));
  const query = parameters
    .filter((one) => one.in === 'query' && one.example !== undefined)
    .map(({ name, example = '' }) => `${name}=${encodeURIComponent(example)}`)
    .join('&');
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ofPath.get(name) ?? name)}${query === '' ? '' : `?${query}`}`;
}

/** Returns a text as one word of a POSIX shell. */
function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
