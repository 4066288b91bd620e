import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import { shownMessage } from '@/lib/plane/model/shown-text';
import { SECRET_MARKS, TOOL_MARKS, type ToolMark } from './managing-marks';
import type { ManagingTool } from './related-resources';
import { type ResourceMetadata, resourceMetadata } from './resource-metadata';

const ARGOCD_TRACKING_ID = 'argocd.argoproj.io/tracking-id';
/**
 * The second label has the same meaning. Argo CD's documentation suggests it where the first means something else.
 */
const INSTANCE_LABEL = 'app.kubernetes.io/instance';
const ARGOCD_INSTANCE_LABEL = 'argocd.argoproj.io/instance';
/**
 * The managers of the controller that syncs. The server's manager doesn't count: it's used when people edit in Argo
 * CD's UI.
 */
const ARGOCD_MANAGERS: ReadonlySet<string> = new Set(['argocd-controller', 'argocd-application-controller']);

const FLUX_KUSTOMIZE = 'kustomize.toolkit.fluxcd.io';
const FLUX_HELM = 'helm.toolkit.fluxcd.io';
const FLUX_MANAGERS: ReadonlySet<string> = new Set(['kustomize-controller', 'helm-controller']);

const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
const HELM_RELEASE = 'meta.helm.sh/release-name';
const HELM_NAMESPACE = 'meta.helm.sh/release-namespace';
const HELM_MANAGER = 'helm';

/**
 * Returns the tool or controller that manages a resource, detected by the tool's own marks (its tracking annotation,
 * its labels or its field manager) or by the owner reference of a controller. Null if there is none, or if the
 * resource excludes itself from the tool.
 *
 * Flux, Rancher Fleet and others also render Helm releases and Argo CD renders charts, so Helm is checked last: its
 * marks on such a resource show how it was rendered, not what manages it.
 *
 * @param raw the resource as the API server serves it, managed fields included
 * @param kind the resource's kind, because items of a list don't carry it
 * @param group the API group; empty for Secrets and other core kinds
 */
export function managingToolOf(raw: unknown, kind: string, group: string = PLANE_GROUP): ManagingTool | null {
  const metadata = resourceMetadata(raw);
  const isSecret = group === '' && kind === 'Secret';
  return (
    (isSecret ? markedTool(metadata, SECRET_MARKS) : null) ??
    argocdTool(metadata, { group, kind }) ??
    fluxTool(metadata) ??
    markedTool(metadata, TOOL_MARKS) ??
    controllerOf(metadata) ??
    helmTool(metadata)
  );
}

/** Returns the tool of the first mark that a resource has, or null. */
function markedTool(metadata: ResourceMetadata, marks: readonly ToolMark[]): ManagingTool | null {
  for (const mark of marks) {
    const found = foundMark(metadata, mark);
    if (found === null || mark.unless?.(metadata)) continue;
    return managingTool(mark.tool, mark.name?.(metadata, found.value) || undefined, found.evidence);
  }
  return null;
}

function foundMark(
  metadata: ResourceMetadata,
  { label, annotation, manager, owner, value = /./ }: ToolMark,
): { readonly value: string; readonly evidence: string } | null {
  const { labels, annotations, managedFields, ownerReferences } = metadata;
  if (manager) {
    const writer = managedFields.find((entry) => !entry.subresource && manager.test(entry.manager))?.manager;
    return writer === undefined ? null : { value: writer, evidence: `field manager ${writer}` };
  }
  if (owner) {
    const found = ownerReferences.find(({ kind }) => kind === owner);
    return found ? { value: found.name, evidence: `owner reference to ${owner} ${found.name}` } : null;
  }
  const [text, evidence] = label
    ? [textIn(labels, label), `label ${label}`]
    : [textIn(annotations, annotation ?? ''), `annotation ${annotation}`];
  return value.test(text) ? { value: text, evidence } : null;
}

function textIn(texts: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(texts, name) ? (texts[name] ?? '') : '';
}

/** Returns the controller that owns a resource, named by the object it controls. It restores what it created. */
function controllerOf({ ownerReferences }: ResourceMetadata): ManagingTool | null {
  const owner = ownerReferences.find(({ controller }) => controller);
  return owner ? managingTool('controller', `${owner.kind} ${owner.name}`, 'owner reference') : null;
}

function argocdTool(metadata: ResourceMetadata, type: ResourceType): ManagingTool | null {
  const { labels, annotations } = metadata;
  const tracked = trackingId(annotations[ARGOCD_TRACKING_ID]);
  if (tracked && isOfThis(tracked, metadata, type))
    return managingTool('argocd', tracked.application, `annotation ${ARGOCD_TRACKING_ID}`);
  const own = labels[ARGOCD_INSTANCE_LABEL];
  if (own) return managingTool('argocd', own, `label ${ARGOCD_INSTANCE_LABEL}`);
  const manager = managerAmong(metadata, ARGOCD_MANAGERS);
  if (manager === null) return null;
  const instance = labels[INSTANCE_LABEL];
  return instance
    ? managingTool('argocd', instance, `label ${INSTANCE_LABEL} and field manager ${manager}`)
    : managingTool('argocd', undefined, `field manager ${manager}`);
}

interface ResourceType {
  readonly group: string;
  readonly kind: string;
}

interface TrackingId {
  readonly application: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Parses `shop:openchoreo.dev/DataPlane:acme/prod`. An Application outside Argo CD's own namespace is
 * `<namespace>_<name>`.
 */
function trackingId(text: string | undefined): TrackingId | null {
  const match = /^([^:]+):([^/:]*)\/([^:]+):([^/]*)\/(.+)$/.exec(text ?? '');
  if (!match) return null;
  const [, application = '', group = '', kind = '', namespace = '', name = ''] = match;
  return { application: application.replace('_', '/'), group, kind, namespace, name };
}

/**
 * Returns whether the mark belongs to this resource. Argo CD ignores one that was copied with another resource's
 * metadata. On a cluster-wide resource, the mark's namespace is the one its Application deploys to, so it isn't
 * compared.
 */
function isOfThis(
  tracked: TrackingId,
  { name, namespace }: ResourceMetadata,
  { group, kind }: ResourceType,
): boolean {
  if (tracked.group !== group || tracked.kind !== kind || tracked.name !== name) return false;
  return namespace === undefined || tracked.namespace === namespace;
}

function fluxTool(metadata: ResourceMetadata): ManagingTool | null {
  const { labels, annotations } = metadata;
  if (isLeftAlone(annotations)) return null;
  for (const toolkit of [FLUX_KUSTOMIZE, FLUX_HELM]) {
    const name = labels[`${toolkit}/name`];
    const namespace = labels[`${toolkit}/namespace`];
    if (name) return managingTool('flux', namespace ? `${namespace}/${name}` : name, `label ${toolkit}/name`);
  }
  const manager = managerAmong(metadata, FLUX_MANAGERS);
  return manager === null ? null : managingTool('flux', undefined, `field manager ${manager}`);
}

/** With these annotations, Flux at most creates a resource and reverts nothing. */
function isLeftAlone(annotations: Readonly<Record<string, string>>): boolean {
  const reconcile = annotations[`${FLUX_KUSTOMIZE}/reconcile`];
  const apply = annotations[`${FLUX_KUSTOMIZE}/ssa`];
  return reconcile?.toLowerCase() === 'disabled' || /^(ignore|ifnotpresent)$/i.test(apply ?? '');
}

function helmTool(metadata: ResourceMetadata): ManagingTool | null {
  const { labels, annotations } = metadata;
  const release = annotations[HELM_RELEASE];
  const namespace = annotations[HELM_NAMESPACE];
  // Charts set the label themselves, so without a release it shows only how the manifest was rendered.
  if (release && labels[MANAGED_BY_LABEL] === 'Helm')
    return managingTool(
      'helm',
      namespace ? `${namespace}/${release}` : release,
      `annotation ${HELM_RELEASE}`,
    );
  const manager = managerAmong(metadata, new Set([HELM_MANAGER]));
  return manager === null ? null : managingTool('helm', release, `field manager ${manager}`);
}

/** Returns the first of these managers that wrote the resource itself. None of these tools manages a status. */
function managerAmong({ managedFields }: ResourceMetadata, managers: ReadonlySet<string>): string | null {
  return (
    managedFields.find(({ manager, subresource }) => !subresource && managers.has(manager))?.manager ?? null
  );
}

/** Masks the texts of the resource, since people choose the values of annotations and the names of field managers. */
function managingTool(tool: ManagingTool['tool'], name: string | undefined, evidence: string): ManagingTool {
  return {
    tool,
    ...(name === undefined ? {} : { name: shownMessage(name) }),
    evidence: shownMessage(evidence),
  };
}
