import 'server-only';
import { managingToolOf } from '@/lib/plane/related/managing-tool';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import { ProblemError } from '@/lib/server/http/problem';
import { type LiveSecret, secretWords } from '@/lib/server/kube/live-secret';
import { z } from '@/lib/zod';
import { type LivePlane, planeWords } from './live-plane';

const TOOLS: Record<ManagingTool['tool'], string> = {
  argocd: 'Argo CD application',
  flux: 'Flux object',
  helm: 'Helm release',
};

const ISSUED_BY = 'cert-manager.io/certificate-name';
const keeperSchema = z.object({
  metadata: z.object({
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().optional() }))
      .optional(),
  }),
});

/**
 * Refuses to write a plane that another tool keeps as its own source says, since that tool will undo it.
 *
 * @throws ProblemError `managed-elsewhere`, which names the tool
 */
export function refuseManagedPlane(live: LivePlane, what: 'change' | 'delete' = 'change'): void {
  const owner = managingToolOf(live.raw, live.kind.entry.kind);
  if (!owner) return;
  const consequence =
    what === 'delete' ? 'makes it anew once it is deleted' : 'undoes what is written past it';
  throw refusal(`${planeWords(live)} is kept by ${managingToolText(owner)}, which ${consequence}.`, owner);
}

/** The same for a Secret, which may also be kept by a controller such as cert-manager or External Secrets. */
export function refuseManagedSecret(live: LiveSecret): void {
  const owner = managingToolOf(live.raw, 'Secret', '');
  if (owner)
    throw refusal(
      `${secretWords(live)} is kept by ${managingToolText(owner)}, which undoes what is written past it.`,
      owner,
    );
  const { annotations, ownerReferences = [] } = keeperSchema.safeParse(live.raw).data?.metadata ?? {};
  const controller = ownerReferences.find((reference) => reference.controller === true);
  const certificate = annotations?.[ISSUED_BY];
  const keeper = controller
    ? `the ${controller.kind} ${controller.name}`
    : certificate === undefined
      ? null
      : `cert-manager for the Certificate ${certificate}`;
  if (keeper !== null)
    throw refusal(`${secretWords(live)} is written by ${keeper}, which undoes what is written past it.`);
}

function managingToolText({ tool, name, evidence }: ManagingTool): string {
  return `the ${TOOLS[tool]}${name === undefined ? '' : ` ${name}`} (by its ${evidence})`;
}

function refusal(sentence: string, owner?: ManagingTool): ProblemError {
  const detail = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)} Change it at its source, or confirm that it is to be written all the same.`;
  return new ProblemError('managed-elsewhere', detail, owner ? { managedBy: owner } : {});
}
