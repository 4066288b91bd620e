import 'server-only';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { finishedReplacements, unfinishedReplacements } from '@/lib/plane/credentials/replacement-record';
import { usedCredentials } from '@/lib/plane/credentials/used-credentials';
import { scopeKey, type WatchScope } from '@/lib/plane/fleet/watch-scope';
import { positiveConditions } from '@/lib/plane/health/controller-rules';
import {
  REFRESHED_AT_ANNOTATION,
  REPLACED_ANNOTATION,
  REPLACING_ANNOTATION,
} from '@/lib/plane/model/annotations';
import { clientCaSource } from '@/lib/plane/model/client-ca';
import { findCondition } from '@/lib/plane/model/conditions';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { PLANE_API_VERSION, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import type { Plane } from '@/lib/plane/model/plane';
import { reportedConnection } from '@/lib/plane/model/reported-connection';
import { secretsReferredTo } from '@/lib/plane/model/secret-references';
import { kindFeatures, type ServedKind } from '@/lib/plane/schema/installed-kind';
import type { CertificateCache } from '@/lib/server/certificates/certificate-cache';
import type { CredentialSources } from '@/lib/server/certificates/credential-sources';
import type { Replacement } from '@/lib/server/certificates/secret-changes';
import { planesPath } from '@/lib/server/kube/api-paths';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import type { KubeError } from '@/lib/server/kube/kube-error';
import { Reflector, type ReflectorSink } from '@/lib/server/reflector/reflector';
import type { WatchChecker } from '@/lib/server/reflector/watch-checker';
import { z } from '@/lib/zod';
import { type EditVersion, type EditVersions, editVersionOf } from './edit-versions';
import type { FieldDigests, ReadFields } from './field-digests';
import type { FleetEngine } from './fleet-engine';
import type { SecretReferences } from './secret-references';

/**
 * What a reflector stores of a resource: the plane, and what other parts need of its spec. The object itself is
 * dropped.
 */
interface ReflectedPlane {
  readonly plane: Plane;
  readonly credentials: CredentialSources;
  readonly reconcileKey: string;
  /** The replacements of its credentials that it remembers. */
  readonly replacements: readonly Replacement[];
  /** `<namespace>/<name>` of every Secret that its spec refers to. */
  readonly secrets: readonly string[];
  readonly fields: ReadFields;
  /** Null if the resource can't be read. */
  readonly editVersion: EditVersion | null;
}

/** What a kind's schema says about how its resources are read. */
interface KindReading {
  features: KindFeatures;
  /** The places of the kind's schema that take a credential. */
  slots: readonly CredentialSlot[];
}

interface RunningWatch {
  readonly scope: WatchScope;
  readonly reflector: Reflector<ReflectedPlane>;
  readonly checks: ReturnType<WatchChecker['add']>;
}

interface RunningKind extends KindReading {
  readonly watches: readonly RunningWatch[];
}

export interface PlaneReflectorsOptions {
  readonly client: KubeClient;
  readonly checker: WatchChecker;
  readonly engine: FleetEngine;
  readonly certificates: CertificateCache;
  readonly secretReferences: SecretReferences;
  readonly fieldDigests: FieldDigests;
  readonly editVersions: EditVersions;
  /** The namespaces to watch one by one, for namespaced kinds; empty: all at once. */
  readonly namespaces: readonly string[];
  /** Called when a list or watch isn't served: the catalog should be read again, which decides whether the kind is gone. */
  readonly onNotServed: () => void;
  readonly onFailed: (scope: WatchScope, error: KubeError, retryInMs: number) => void;
}

/**
 * Runs one reflector for each plane kind that the catalog says is served or, with namespaces, one for each of them.
 * Cluster-wide kinds always have one. A list that is forbidden is tried again, because the right may be granted later.
 */
export class PlaneReflectors {
  private readonly running = new Map<string, RunningKind>();

  constructor(private readonly options: PlaneReflectorsOptions) {}

  /** Follows the catalog: watches new kinds, drops removed ones, and lists upgraded ones again. */
  follow(kinds: readonly ServedKind[]): void {
    const served = new Set<string>(kinds.map((kind) => kind.entry.plural));
    for (const plural of this.running.keys()) if (!served.has(plural)) this.drop(plural);
    for (const kind of kinds) {
      const running = this.running.get(kind.entry.plural);
      const read = { features: kindFeatures(kind.schema), slots: slotsOf(kind) };
      if (!running) this.begin(kind, read);
      else if (
        JSON.stringify([running.features, running.slots]) !== JSON.stringify([read.features, read.slots])
      ) {
        Object.assign(running, read);
        for (const { reflector } of running.watches) reflector.relist();
      }
    }
  }

  /** Ends the wait of reflectors that pause before their next attempt. */
  retryNow(): void {
    for (const { reflector } of this.watches()) reflector.retryNow();
  }

  /** Lists every kind again: the known planes came from another cluster, and answers of this one don't prove them. */
  relistOtherCluster(): void {
    for (const { scope, reflector } of this.watches()) {
      this.options.engine.sources.failed(scope, false, 'The kubeconfig now points to another cluster.');
      reflector.relist();
    }
  }

  /** Breaks the connections of these watches and retries at once. */
  interrupt(scopes: Iterable<WatchScope>): void {
    const keys = new Set([...scopes].map(scopeKey));
    for (const { scope, reflector } of this.watches()) if (keys.has(scopeKey(scope))) reflector.interrupt();
  }

  async stop(): Promise<void> {
    const watches = this.watches();
    for (const { checks } of watches) checks.stop();
    await Promise.all(watches.map(({ reflector }) => reflector.stop()));
    this.running.clear();
  }

  private watches(): RunningWatch[] {
    return [...this.running.values()].flatMap((kind) => kind.watches);
  }

  private begin({ entry }: ServedKind, read: KindReading): void {
    const { namespaces, engine } = this.options;
    const { plural } = entry;
    const isSplit = entry.scope === 'Namespaced' && namespaces.length > 0;
    const scopes: WatchScope[] = isSplit
      ? namespaces.map((namespace) => ({ plural, namespace }))
      : [{ plural }];
    const reading: KindReading = read;
    const running = Object.assign(reading, {
      watches: scopes.map((scope) => this.createWatch(entry, scope, reading)),
    });
    this.running.set(plural, running);
    for (const { scope, reflector } of running.watches) {
      engine.sources.add(scope);
      reflector.start();
    }
  }

  /** @param reading is changed when the kind's schema changes */
  private createWatch(entry: PlaneKindEntry, scope: WatchScope, reading: KindReading): RunningWatch {
    const { checker, client } = this.options;
    const { plural, namespace } = scope;
    const reflector: Reflector<ReflectedPlane> = new Reflector(
      client,
      planesPath({ plural, namespace }),
      { apiVersion: PLANE_API_VERSION, kind: entry.kind, namespace },
      this.sink(entry, scope, reading, () => watch.checks.soon()),
    );
    const watch: RunningWatch = { scope, reflector, checks: checker.add(reflector, 'fleet') };
    return watch;
  }

  private drop(plural: string): void {
    for (const { checks, reflector } of this.running.get(plural)?.watches ?? []) {
      checks.stop();
      void reflector.stop();
    }
    this.running.delete(plural);
    this.options.engine.dropKind(plural);
  }

  private sink(
    entry: PlaneKindEntry,
    scope: WatchScope,
    reading: KindReading,
    checkSoon: () => void,
  ): ReflectorSink<ReflectedPlane> {
    const { editVersions, engine, onFailed, onNotServed } = this.options;
    return {
      slim: (raw) => {
        const { features, slots } = reading;
        const plane = parsePlane(entry, raw, features);
        return {
          plane,
          credentials: {
            agentCa: clientCaSource(entry.kind, raw),
            credentials: usedCredentials(slots, raw, plane),
          },
          reconcileKey: `${reconcileKey(raw)} ${reportKey(plane)}`,
          replacements: replacementsIn(raw),
          secrets: secretsReferredTo(raw),
          fields: this.options.fieldDigests.read(plane, raw),
          editVersion: editVersionOf(raw),
        };
      },
      replaced: (rows) => {
        for (const row of rows) {
          this.track(row);
          if (row.editVersion) editVersions.listed(row.editVersion);
        }
        engine.replaceKind(
          scope,
          rows.map((row) => row.plane),
          new Map(rows.map(({ plane, fields }) => [plane.uid, fields.writes])),
        );
        engine.apiServer.contact();
      },
      set: (row) => {
        this.track(row);
        if (row.editVersion) editVersions.followed(row.editVersion);
        engine.set(row.plane, row.fields.writes);
      },
      removed: ({ plane }) => engine.remove(plane.uid),
      watching: () => {
        engine.sources.watching(scope);
        // A watch that was broken proves only by a check that nothing is missing, unless an event arrives first.
        if (engine.sources.stateOf(scope) !== 'live') checkSoon();
      },
      contact: () => {
        engine.sources.contact(scope);
        engine.apiServer.contact();
      },
      unproven: (error) => engine.sources.unproven(scope, error.message),
      failed: ({ error, retryInMs, step }) => {
        onFailed(scope, error, retryInMs);
        // The API server requests a new list by the first 410 of a watch.
        if (error.code === 'expired') return;
        if (error.code === 'forbidden' && step === 'list') engine.refuseKind(scope, error.message);
        else engine.sources.failed(scope, error.code === 'forbidden', error.message);
        if (error.code === 'not-served') onNotServed();
      },
    };
  }

  private track(row: ReflectedPlane): void {
    const { plane, credentials, reconcileKey: key, secrets, fields } = row;
    this.options.certificates.track(plane.uid, credentials, key, row.replacements);
    this.options.secretReferences.track(plane.uid, secrets);
    this.options.fieldDigests.track(fields);
  }
}

/**
 * Returns a key that differs when the status reports another connection. A Secret that was changed may be the reason, and
 * whether a condition was written before or after that shows only if the Secrets are read at once.
 */
function reportKey(plane: Plane): string {
  const types = plane.connection === 'direct' ? positiveConditions(plane) : [];
  const times = types.map((type) => `${type} ${findCondition(plane.conditions, type)?.lastTransitionTime}`);
  return [reportedConnection(plane), ...times].join(' ');
}

/** Without a schema, nothing is known of the kind's credentials. */
function slotsOf({ entry, schema }: ServedKind): CredentialSlot[] {
  return schema ? credentialSlots({ entry, schema }) : [];
}

const NO_REPLACEMENTS: readonly Replacement[] = [];

const annotationsSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }),
});

const metadataSchema = z.object({
  metadata: z.object({
    generation: z.number().optional(),
    annotations: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** Returns what a plane remembers of the last replacements of its credentials, finished or not. */
function replacementsIn(raw: unknown): readonly Replacement[] {
  const annotations = annotationsSchema.safeParse(raw).data?.metadata.annotations;
  if (annotations?.[REPLACED_ANNOTATION] === undefined && annotations?.[REPLACING_ANNOTATION] === undefined)
    return NO_REPLACEMENTS;
  const records = [unfinishedReplacements(annotations), finishedReplacements(annotations)];
  return records.flatMap((bySlot) =>
    Object.values(bySlot).map(({ id, places, after, restored }) => ({ id, places, after, restored })),
  );
}

/**
 * Returns a key that differs after each change of a plane and each refresh of its status, but not after a change of
 * its status. Controllers read its Secrets again then, and so does the certificate cache.
 *
 * @param raw the resource as the API server serves it; an unreadable one has an empty key
 */
function reconcileKey(raw: unknown): string {
  const read = metadataSchema.safeParse(raw).data;
  if (!read) return '';
  const { generation = 0, annotations = {} } = read.metadata;
  return `${generation} ${String(annotations[REFRESHED_AT_ANNOTATION] ?? '')}`;
}
