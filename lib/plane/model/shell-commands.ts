import { PLANE_GROUP } from './kinds';
import type { ObjectRef } from './object-ref';
import type { PlaneIdentity } from './plane-path';

/** A leading = would be replaced by zsh. */
const PLAIN = /^[A-Za-z0-9_./:@%+-][A-Za-z0-9_./:@%+=-]*$/;
/** Characters that a terminal acts on or that hide themselves: control characters, and those that turn the direction of text. */
const UNSEEN = /\p{C}/u;

/**
 * A value as one word of a POSIX shell: bare where nothing in it could mean something to the shell, else in single
 * quotes. What cannot be seen is written as its UTF-8 bytes in the `$'...'` form of bash and zsh, so that a pasted
 * command holds no surprise.
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

/** A value as it stands after the `=` of Helm's `--set`, where commas, braces and backslashes have a meaning. */
export function helmValue(text: string): string {
  return text.replace(/[\\,{}]/g, '\\$&');
}

/**
 * A kubectl command for one of the two clusters.
 *
 * @param context null or empty: not known, so a placeholder stands for it
 * @param args already quoted
 */
export function kubectl(cluster: 'plane' | 'control-plane', context: string | null, args: string): string {
  return `kubectl --context ${shellQuote(context || `<${cluster}-context>`)} ${args}`;
}

/** The plane as arguments of kubectl: `dataplanes.openchoreo.dev prod -n acme`. */
export function planeArguments({ plural, ...plane }: PlaneIdentity): string {
  return `${plural}.${PLANE_GROUP} ${nameArguments(plane)}`;
}

/** An object's name as arguments of kubectl: `prod -n acme`. */
export function nameArguments({ namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): string {
  return `${shellQuote(name)}${namespace === undefined ? '' : ` -n ${shellQuote(namespace)}`}`;
}

/** Deletes an Environment that blocks the deletion of a plane. */
export function deleteEnvironmentCommand(environment: ObjectRef, context: string | null): string {
  return kubectl(
    'control-plane',
    context,
    `delete environments.${PLANE_GROUP} ${nameArguments(environment)}`,
  );
}

/** Removes all finalizers of a plane: it is gone at once, and nothing is cleaned up. */
export function removeFinalizersCommand(plane: PlaneIdentity, context: string | null): string {
  return kubectl(
    'control-plane',
    context,
    `patch ${planeArguments(plane)} --type=merge -p '{"metadata":{"finalizers":null}}'`,
  );
}
