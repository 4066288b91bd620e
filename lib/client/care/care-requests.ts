import '../zod-without-eval';
import {
  type CredentialChange,
  type CredentialChangeAnswer,
  credentialChangeAnswerSchema,
  type PlaneDeletion,
  type PlaneDeletionAnswer,
  planeDeletionAnswerSchema,
} from '@/lib/api/plane-change';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/plane-path';
import { postJson, sendJson } from '../api-error';

/** Replaces a credential, or with `dryRun` only has it tried. Throws an ApiError. */
export async function sendCredentialChange(
  identity: PlaneIdentity,
  change: CredentialChange,
): Promise<CredentialChangeAnswer> {
  return credentialChangeAnswerSchema.parse(await postJson(`${planeApiPath(identity)}/credentials`, change));
}

/** Deletes a plane. Throws an ApiError; one without a status says nothing about whether it is being deleted. */
export async function sendDeletion(
  identity: PlaneIdentity,
  deletion: PlaneDeletion,
): Promise<PlaneDeletionAnswer> {
  return planeDeletionAnswerSchema.parse(await sendJson('DELETE', planeApiPath(identity), deletion));
}
