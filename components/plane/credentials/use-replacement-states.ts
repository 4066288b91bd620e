'use client';

import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { rereadMs, rereadRelatedResources } from '@/components/plane/related/use-related-resources';
import {
  replacementsAnswerSchema,
  type Settlement,
  type SettlementAnswer,
  type SlotState,
  settlementAnswerSchema,
} from '@/lib/api/replacements';
import { getJson, lostAnswerText, postJson, problemCode } from '@/lib/client/api/api-request';
import type { PlaneVersion } from '@/lib/client/api/queries';
import { useLatestAnswer } from '@/lib/client/api/use-latest-answer';
import { useWrite } from '@/lib/client/api/use-write';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';

function replacementStatesKey(identity: PlaneIdentity) {
  return ['replacements', planeKey(identity)];
}

function replacementStatesQuery(plane: PlaneVersion) {
  return queryOptions({
    queryKey: [...replacementStatesKey(plane), plane.uid, plane.resourceVersion],
    queryFn: async ({ signal }) =>
      replacementsAnswerSchema.parse(await getJson(`${planeApiPath(plane)}/replacements`, signal)),
    refetchInterval: rereadMs(),
  });
}

/** Reads everything again that a write of a credential may have changed. */
export async function rereadCredentials(identity: PlaneIdentity, client: QueryClient): Promise<void> {
  await Promise.all([
    rereadRelatedResources(identity, client),
    client.invalidateQueries({ queryKey: replacementStatesKey(identity) }),
  ]);
}

/** What a replacement of a slot must know. */
export interface LoadedSlotState {
  /** Null until it's read, and for a slot without a Secret and without replacements. */
  readonly state: SlotState | null;
  /** Whether it was read, or can't be read now. */
  readonly isSettled: boolean;
}

/** Who shares a slot's Secret, and which of its replacements can be finished or undone. */
export function useSlotState(plane: PlaneVersion, slot: string): LoadedSlotState {
  const { latest, problem } = useLatestAnswer(replacementStatesQuery(plane));
  return {
    state: latest?.slots.find((state) => state.slot === slot) ?? null,
    isSettled: latest !== null || problem !== null,
  };
}

/** The progress of finishing a replacement or restoring the old credential. */
export interface SettlementControl {
  readonly settle: (settlement: Pick<Settlement, 'action' | 'evenIfManaged'>) => void;
  readonly busy: boolean;
  /** A sentence; null: it didn't fail. */
  readonly problem: string | null;
  /** Whether another tool manages the object, so that writing it needs a confirmation. */
  readonly isManaged: boolean;
  readonly answer: SettlementAnswer | null;
}

/** Ends a replacement of a slot: finishes it, restores the old credential, or deletes the old one. */
export function useSettlement(
  plane: PlaneIdentity,
  slot: string,
  onSettled: (action: Settlement['action']) => void,
): SettlementControl {
  const client = useQueryClient();
  const { mutate, isPending, data, error } = useWrite({
    mutationFn: async (settlement: Omit<Settlement, 'slot'>) =>
      settlementAnswerSchema.parse(
        await postJson(`${planeApiPath(plane)}/replacements`, { ...settlement, slot }),
      ),
    onSuccess: (_answer, { action }) => onSettled(action),
    onSettled: () => rereadCredentials(plane, client),
  });
  return {
    settle: mutate,
    busy: isPending,
    problem: error === null ? null : lostAnswerText(error, 'the replacement may have been ended'),
    isManaged: problemCode(error) === 'managed-elsewhere',
    answer: data ?? null,
  };
}
