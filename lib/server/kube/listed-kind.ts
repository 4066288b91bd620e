import 'server-only';
import { isJsonObject } from '@/lib/plane/json/json';
import { KubeError } from './kube-error';

/** The objects that a list or a watch is about. */
export interface ListedKind {
  /** Such as `openchoreo.dev/v1alpha1`, or `v1` for the core group. */
  readonly apiVersion: string;
  /** The kind of one object. */
  readonly kind: string;
  /** Absent if all namespaces are listed, or objects of the cluster. */
  readonly namespace?: string | undefined;
}

/** What a request for nothing but metadata returns, whatever the kind. */
export const METADATA_KIND: ListedKind = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' };

/** Returns whether an object names this kind, as every object of a watch does. */
export function isOfKind(object: unknown, { apiVersion, kind }: ListedKind): boolean {
  return isJsonObject(object) && object.apiVersion === apiVersion && object.kind === kind;
}

/**
 * Checks the answer to a request for a list. A proxy with a wrong route or an old cache may answer with another list,
 * whose objects must not be shown, and which doesn't prove that the known ones are gone.
 *
 * @throws KubeError `bad-answer` when it isn't a list of this kind, or contains an object that isn't
 */
export function checkListOf(
  list: { readonly apiVersion: string; readonly kind: string; readonly items: readonly unknown[] },
  listed: ListedKind,
): void {
  if (
    list.apiVersion === listed.apiVersion &&
    list.kind === `${listed.kind}List` &&
    list.items.every((item) => isItemOf(item, listed))
  )
    return;
  throw otherKindError(`a list of ${listed.kind} objects`);
}

/** Returns the error for an answer of another kind than the requested one. */
export function otherKindError(requested: string): KubeError {
  return new KubeError(
    'bad-answer',
    `The response isn't ${requested}. Check any proxy in front of the API server.`,
  );
}

/** The items of built-in kinds don't name their kind. */
function isItemOf(item: unknown, { apiVersion, kind, namespace }: ListedKind): boolean {
  if (!isJsonObject(item)) return false;
  return (
    (item.apiVersion === undefined || item.apiVersion === apiVersion) &&
    (item.kind === undefined || item.kind === kind) &&
    (namespace === undefined || (isJsonObject(item.metadata) && item.metadata.namespace === namespace))
  );
}
