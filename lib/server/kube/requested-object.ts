import 'server-only';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { KubeError } from './kube-error';

/** The object that a request is about. */
export interface RequestedObject {
  /** Such as `openchoreo.dev/v1alpha1`, or `v1` for the core group. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for an object of the cluster. */
  readonly namespace?: string | undefined;
  readonly name: string;
  /** Absent if the object may be any of that name. */
  readonly uid?: string | undefined;
}

/**
 * Returns the answer to a request for one object. A proxy with a wrong route or an old cache may answer with another
 * object, which proves nothing about the requested one.
 *
 * @throws KubeError `bad-answer` when the answer is anything else than this object
 */
export function requestedObject(body: unknown, wanted: RequestedObject): JsonObject {
  if (isJsonObject(body) && isRequested(body, wanted)) return body;
  throw new KubeError(
    'bad-answer',
    `The response isn't the requested ${wanted.kind}. Check any proxy in front of the API server.`,
  );
}

function isRequested(body: JsonObject, { apiVersion, kind, namespace, name, uid }: RequestedObject): boolean {
  const { metadata } = body;
  return (
    body.apiVersion === apiVersion &&
    body.kind === kind &&
    isJsonObject(metadata) &&
    metadata.name === name &&
    metadata.namespace === namespace &&
    typeof metadata.uid === 'string' &&
    (uid === undefined || metadata.uid === uid)
  );
}
