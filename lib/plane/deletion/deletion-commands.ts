import { planeArguments } from '@/lib/plane/diagnosis/commands';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import type { ObjectRef } from '@/lib/plane/related/related-resources';

/** @param context kubectl context of the control plane; empty: not known, so a placeholder stands for it */
function kubectl(context: string, args: string): string {
  return `kubectl --context ${shellQuote(context || '<control-plane-context>')} ${args}`;
}

/** Deletes an Environment that keeps a plane from being deleted. */
export function deleteEnvironmentCommand({ name, namespace }: ObjectRef, context: string): string {
  const where = namespace === undefined ? '' : ` -n ${shellQuote(namespace)}`;
  return kubectl(context, `delete environments.${PLANE_GROUP} ${shellQuote(name)}${where}`);
}

/** Takes all finalizers of a plane away, with which it is gone at once and nothing is cleaned up. */
export function dropFinalizersCommand(plane: Plane, context: string): string {
  return kubectl(
    context,
    `patch ${planeArguments(plane)} --type=merge -p '{"metadata":{"finalizers":null}}'`,
  );
}
