import 'server-only';
import { capital } from '@/lib/plane/model/text';
import { managingToolOf } from '@/lib/plane/related/managing-tool';
import { managingToolEntry } from '@/lib/plane/related/managing-tools';
import { type ManagingTool, managingToolPhrase } from '@/lib/plane/related/related-resources';
import { ProblemError } from '@/lib/server/http/problem';
import { describeSecret, type LiveSecret } from '@/lib/server/kube/read-secret';
import { describePlane, type LivePlane } from './live-plane';

const OVERWRITES = 'overwrites changes made here';

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
  if (!tool) return;
  throw managedElsewhere(
    `${describeSecret(live)} is managed by ${describeTool(tool)}, which ${OVERWRITES}.`,
    tool,
  );
}

function describeTool(tool: ManagingTool): string {
  const isObject =
    tool.name !== undefined && (tool.tool === 'controller' || managingToolEntry(tool.tool).unit);
  return `${isObject ? 'the ' : ''}${managingToolPhrase(tool)} (${tool.evidence})`;
}

function managedElsewhere(sentence: string, managedBy: ManagingTool): ProblemError {
  const detail = `${capital(sentence)} Make the change there, or confirm to continue anyway.`;
  return new ProblemError('managed-elsewhere', detail, { managedBy });
}
