import 'server-only';
import { capital } from '@/lib/plane/model/text';
import { managingToolOf } from '@/lib/plane/related/managing-tool';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import { ProblemError } from '@/lib/server/http/problem';
import { describeSecret, type LiveSecret } from '@/lib/server/kube/read-secret';
import { z } from '@/lib/zod';
import { describePlane, type LivePlane } from './live-plane';

const TOOLS: Record<ManagingTool['tool'], string> = {
  argocd: 'Argo CD application',
  flux: 'Flux object',
  helm: 'Helm release',
};

const OVERWRITES = 'overwrites changes made here';
const CERTIFICATE_ANNOTATION = 'cert-manager.io/certificate-name';
const metadataSchema = z.object({
  metadata: z.object({
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().optional() }))
      .optional(),
  }),
});

/**
 * Throws if another tool manages a plane, because that tool would undo the write.
 *
 * @throws ProblemError `managed-elsewhere`, which names the tool
 */
export function refuseManagedPlane(live: LivePlane, action: 'change' | 'delete' = 'change'): void {
  const tool = managingToolOf(live.raw, live.kind.entry.kind);
  if (!tool) return;
  const consequence = action === 'delete' ? 'recreates it after a deletion' : OVERWRITES;
  throw managedElsewhere(
    `${describePlane(live)} is managed by ${describeTool(tool)}, which ${consequence}.`,
    tool,
  );
}

/** Does the same for a Secret, which a controller such as cert-manager or External Secrets may also manage. */
export function refuseManagedSecret(live: LiveSecret): void {
  const tool = managingToolOf(live.raw, 'Secret', '');
  if (tool)
    throw managedElsewhere(
      `${describeSecret(live)} is managed by ${describeTool(tool)}, which ${OVERWRITES}.`,
      tool,
    );
  const controller = controllerOf(live);
  if (controller !== null)
    throw managedElsewhere(`${describeSecret(live)} is managed by ${controller}, which ${OVERWRITES}.`);
}

/** Returns the controller that owns a Secret or issues its certificate; null when there is none. */
function controllerOf({ raw }: LiveSecret): string | null {
  const { annotations, ownerReferences = [] } = metadataSchema.safeParse(raw).data?.metadata ?? {};
  const controller = ownerReferences.find((reference) => reference.controller === true);
  if (controller) return `the ${controller.kind} ${controller.name}`;
  const certificate = annotations?.[CERTIFICATE_ANNOTATION];
  return certificate === undefined ? null : `cert-manager for the Certificate ${certificate}`;
}

function describeTool({ tool, name, evidence }: ManagingTool): string {
  return `the ${TOOLS[tool]}${name === undefined ? '' : ` ${name}`} (${evidence})`;
}

function managedElsewhere(sentence: string, managedBy?: ManagingTool): ProblemError {
  const detail = `${capital(sentence)} Make the change there, or confirm to continue anyway.`;
  return new ProblemError('managed-elsewhere', detail, managedBy ? { managedBy } : {});
}
