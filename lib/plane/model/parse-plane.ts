import { isJsonObject } from '@/lib/plane/json/json';
import { parseTimeMs } from '@/lib/plane/time/age';
import { z } from '@/lib/zod';
import {
  DESCRIPTION_ANNOTATION,
  DISPLAY_NAME_ANNOTATION,
  OWNER_ANNOTATION,
  REFRESHED_AT_ANNOTATION,
} from './annotations';
import { hasKnownCharts, type KindFeatures } from './kind-features';
import type { PlaneKindEntry } from './kinds';
import { readMaintenance } from './maintenance';
import { agentConnectionSchema, type Condition, conditionSchema, type Plane, planeRefSchema } from './plane';
import { readPart } from './read-part';
import { readRunbook } from './runbook';
import {
  cutText,
  MAX_DESCRIPTION_LENGTH,
  MAX_DISPLAY_NAME_LENGTH,
  MAX_WORD_LENGTH,
  shownMessage,
  shownText,
} from './shown-text';

/** More than any controller sets, and few enough that no row is large. */
const MAX_CONDITIONS = 50;
const MAX_LABELS = 200;

/** A value that can't be cut, because another object is found by it. */
const word = z.string().max(MAX_WORD_LENGTH);

/** Null, an empty text and Go's zero time mean that there is no time, and neither is a text that isn't one. */
const time = z
  .string()
  .nullish()
  .transform((text) => (parseTimeMs(text) === null ? undefined : (text ?? undefined)));

const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number().optional(),
  creationTimestamp: time,
  deletionTimestamp: time,
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** Up to 0.14 the reference was a plain name, which always meant an ObservabilityPlane. */
const observabilityPlaneRefSchema = z.union([
  planeRefSchema.extend({ kind: word, name: word }),
  word.transform((name) => ({ kind: 'ObservabilityPlane', name })),
]);

const specSchema = z.object({
  planeID: word.optional(),
  observabilityPlaneRef: observabilityPlaneRefSchema.optional(),
  agent: z.object({ enabled: z.boolean().optional() }).optional(),
});

const statusSchema = z.object({
  observedGeneration: z.number().optional(),
  // Leaving one out could hide a failure.
  conditions: z
    .array(conditionSchema.extend({ lastTransitionTime: time }))
    .max(MAX_CONDITIONS)
    .nullish(),
  agentConnection: agentConnectionSchema
    .extend({ lastConnectedTime: time, lastDisconnectedTime: time, lastHeartbeatTime: time })
    .nullish(),
});

/**
 * Reads a resource as the API server serves it. Never throws and never drops a resource: one that doesn't match its
 * kind's schema (for example, written under an older or looser CRD) becomes a plane with `unreadable` sentences.
 */
export function parsePlane(entry: PlaneKindEntry, raw: unknown, features: KindFeatures): Plane {
  const problems: string[] = [];
  const root = isJsonObject(raw) ? raw : {};
  const metadata = readPart(metadataSchema, root.metadata, 'metadata', problems);
  const fallback = isJsonObject(root.metadata) ? root.metadata : {};
  const name = metadata?.name ?? text(fallback.name) ?? '(no name)';
  const namespace = metadata?.namespace ?? text(fallback.namespace);

  if (root.spec === undefined) problems.push('The resource has no spec.');
  const spec = root.spec === undefined ? undefined : readPart(specSchema, root.spec, 'spec', problems);
  const status =
    root.status === undefined ? undefined : readPart(statusSchema, root.status, 'status', problems);
  const agent = status?.agentConnection ?? undefined;

  const plane: Plane = {
    kind: entry.kind,
    plural: entry.plural,
    name,
    uid: metadata?.uid ?? text(fallback.uid) ?? `${entry.plural}/${namespace ?? ''}/${name}`,
    resourceVersion: metadata?.resourceVersion ?? '',
    labels: boundedLabels(metadata?.labels ?? {}),
    planeID: planeIdOf(features, spec, name),
    connection: connectionOf(features, spec),
    reportsAgent: features.agentConnection || agent !== undefined,
    conditions: (status?.conditions ?? []).map(boundedCondition),
    generation: metadata?.generation ?? 0,
    createdAt: metadata?.creationTimestamp ?? '',
  };
  const annotations = metadata?.annotations ?? {};
  // A cut text is longer than the forms accept, so nobody saves it in the place of the whole one.
  assign(plane, {
    namespace: entry.scope === 'Namespaced' ? namespace : undefined,
    displayName: shownText(annotations[DISPLAY_NAME_ANNOTATION], MAX_DISPLAY_NAME_LENGTH + 1),
    description: shownText(annotations[DESCRIPTION_ANNOTATION], MAX_DESCRIPTION_LENGTH + 1),
    owner: shownText(annotations[OWNER_ANNOTATION], MAX_DISPLAY_NAME_LENGTH + 1),
    runbookUrl: readRunbook(annotations).runbookUrl,
    agent: agent && withSafeMessage(agent),
    schemaUnknown: features.known ? undefined : true,
    chartsUnknown:
      features.known && plane.connection === 'agent' && !hasKnownCharts(features) ? true : undefined,
    observedGeneration: status?.observedGeneration,
    specChangedAt: specChangedAt(root.metadata),
    deletingSince: metadata?.deletionTimestamp,
    refreshedAt: time.safeParse(annotations[REFRESHED_AT_ANNOTATION]).data,
    observabilityPlaneRef: spec?.observabilityPlaneRef,
    maintenance: readMaintenance(annotations).maintenance,
    unreadable: problems.length > 0 ? problems : undefined,
  });
  return plane;
}

/**
 * Falls back to the name only if the planeID is known to be left out, not if the spec or schema couldn't be read. For
 * OpenChoreo, an empty planeID is left out too.
 */
function planeIdOf(
  features: KindFeatures,
  spec: z.infer<typeof specSchema> | undefined,
  name: string,
): string | null {
  if (!spec) return null;
  const given = spec.planeID || null;
  if (!features.known) return given;
  return features.planeID ? (given ?? name) : null;
}

/**
 * Without `clusterAgent`, a plane has an agent only if `agent.enabled` says so. Otherwise it uses
 * `kubernetesCluster`.
 */
function connectionOf(
  features: KindFeatures,
  spec: z.infer<typeof specSchema> | undefined,
): Plane['connection'] {
  if (features.clusterAgent || spec?.agent?.enabled === true) return 'agent';
  return features.optionalAgent || features.directAccess ? 'direct' : 'agent';
}

/**
 * Returns when the spec was last written: the time of the newest managedFields entry that owns a field of the spec.
 * The API server updates an entry's time whenever its manager changes a value.
 */
function specChangedAt(metadata: unknown): string | undefined {
  if (!isJsonObject(metadata) || !Array.isArray(metadata.managedFields)) return undefined;
  let newest: string | undefined;
  for (const field of metadata.managedFields) {
    if (
      !isJsonObject(field) ||
      field.subresource ||
      !isJsonObject(field.fieldsV1) ||
      !('f:spec' in field.fieldsV1)
    )
      continue;
    // RFC 3339 in UTC with the same precision, so comparing the texts compares the times.
    if (typeof field.time === 'string' && (newest === undefined || field.time > newest)) newest = field.time;
  }
  return newest;
}

function boundedCondition(condition: Condition): Condition {
  return withSafeMessage({
    ...condition,
    type: cutText(condition.type, MAX_WORD_LENGTH),
    ...(condition.reason === undefined ? {} : { reason: shownMessage(condition.reason, MAX_WORD_LENGTH) }),
  });
}

/** Bounds a message and masks it if it has a secret. Controllers repeat errors, which can quote a URL's password. */
function withSafeMessage<T extends { message?: string | undefined }>(value: T): T {
  return value.message === undefined ? value : { ...value, message: shownMessage(value.message) };
}

function boundedLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels)
      .slice(0, MAX_LABELS)
      .map(([key, value]) => [cutText(key, MAX_WORD_LENGTH), shownMessage(value, MAX_WORD_LENGTH)]),
  );
}

/** Sets only the values that are defined, so absent fields stay absent on the wire. */
function assign(target: Plane, values: { [K in keyof Plane]?: Plane[K] | undefined }): void {
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) Object.assign(target, { [key]: value });
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
