import { PLANE_GROUP } from './kinds';
import type { ObjectRef } from './object-ref';
import type { PlaneIdentity } from './plane-path';

/** zsh expands a leading `=`. */
const PLAIN = /^[A-Za-z0-9_./:@%+-][A-Za-z0-9_./:@%+=-]*$/;
/** Characters that a terminal acts on or that are invisible: control characters and marks that reverse text. */
const UNSEEN = /\p{C}/u;

/**
 * Quotes a value as one word of a POSIX shell: bare if the shell gives no character a meaning, otherwise in single
 * quotes. Writes invisible characters as UTF-8 bytes in the `$'...'` form of bash and zsh, so a pasted command holds
 * no surprise.
 */
export function shellQuote(text: string): string {
  if (UNSEEN.test(text)) return `$'${[...text].map(ansiC).join('')}'`;
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function ansiC(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!UNSEEN.test(character)) return character;
  const bytes = new TextEncoder().encode(character);
  return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/** Escapes a value for Helm's `--set`, where commas, braces and backslashes have a meaning. */
export function helmValue(text: string): string {
  return text.replace(/[\\,{}]/g, '\\$&');
}

/**
 * Returns a kubectl command for one of the two clusters.
 *
 * @param context null or empty if unknown; the command then contains a placeholder
 * @param args already quoted
 */
export function kubectl(cluster: 'plane' | 'control-plane', context: string | null, args: string): string {
  return `kubectl --context ${shellQuote(context || `<${cluster}-context>`)} ${args}`;
}

/** Returns the plane as kubectl arguments: `dataplanes.openchoreo.dev prod -n acme`. */
export function planeArguments({ plural, ...plane }: PlaneIdentity): string {
  return `${plural}.${PLANE_GROUP} ${nameArguments(plane)}`;
}

/** Returns an object's name as kubectl arguments: `prod -n acme`. */
export function nameArguments({ namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): string {
  return `${shellQuote(name)}${namespace === undefined ? '' : ` -n ${shellQuote(namespace)}`}`;
}

/** Returns the command that deletes an Environment that blocks the deletion of a plane. */
export function deleteEnvironmentCommand(environment: ObjectRef, context: string | null): string {
  return kubectl(
    'control-plane',
    context,
    `delete environments.${PLANE_GROUP} ${nameArguments(environment)}`,
  );
}

/** Returns the command that removes all finalizers of a plane. The plane is deleted at once, without cleanup. */
export function removeFinalizersCommand(plane: PlaneIdentity, context: string | null): string {
  return kubectl(
    'control-plane',
    context,
    `patch ${planeArguments(plane)} --type=merge -p '{"metadata":{"finalizers":null}}'`,
  );
}
