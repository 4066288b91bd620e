import {
  type CredentialReplacement,
  type CredentialReplacementAnswer,
  credentialReplacementAnswerSchema,
  type PlaneDeletion,
  type PlaneDeletionAnswer,
  planeDeletionAnswerSchema,
} from '@/lib/api/plane-writes';
import { postJson, sendJson } from '@/lib/client/api/api-request';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** Replaces a credential, or with `dryRun` only has it tried. Throws an ApiError. */
export async function sendCredentialReplacement(
  identity: PlaneIdentity,
  change: CredentialReplacement,
): Promise<CredentialReplacementAnswer> {
  return credentialReplacementAnswerSchema.parse(
    await postJson(`${planeApiPath(identity)}/credentials`, change),
  );
}

/** Deletes a plane. Throws an ApiError; one without a status says nothing about whether it is being deleted. */
export async function sendDeletion(
  identity: PlaneIdentity,
  deletion: PlaneDeletion,
): Promise<PlaneDeletionAnswer> {
  return planeDeletionAnswerSchema.parse(await sendJson('DELETE', planeApiPath(identity), deletion));
}
