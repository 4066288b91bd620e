'use client';

import { useSyncExternalStore } from 'react';
import type { PlanePlural } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import { valueInDraft, withSpecValue } from '@/lib/plane/registration/draft-changes';
import { STEPS, type Step } from '@/lib/plane/registration/register-url';
import type { DraftProgress } from '@/lib/plane/registration/shown-problems';

/** The draft of the wizard, its progress, and how it began. */
export interface WizardState extends DraftProgress {
  /** Whether the planeID was typed; until then it follows the name. */
  readonly ownPlaneID: boolean;
  /** Steps that were opened: only these can be called complete. */
  readonly openedSteps: ReadonlySet<Step>;
  /** How a draft was restored after a reload; null: it wasn't, or the note about it was read. */
  readonly restored: 'whole' | 'without-secrets' | null;
  /** An unfinished draft that a link replaced with a new one; null: none. */
  readonly replaced: Pick<WizardState, 'draft' | 'ownPlaneID'> | null;
  /**
   * The key of the plane that the draft was last sent as; null: it wasn't sent. A plane of that name may be this very one,
   * its answer lost or still under way, which only the API server can tell.
   */
  readonly sentAs: string | null;
}

const EMPTY: WizardState = {
  draft: null,
  ownPlaneID: false,
  leftFields: new Set(),
  addedFields: new Set(),
  openedSteps: new Set(),
  attemptedSteps: new Set(),
  serverProblems: [],
  restored: null,
  replaced: null,
  sentAs: null,
};

/**
 * Holds the one draft of this tab, above the steps and above the page: going to the fleet and coming back loses nothing,
 * not even what must not be stored.
 */
export class DraftStore {
  private state: WizardState = EMPTY;
  private readonly draftsByKind = new Map<PlanePlural, Draft>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): WizardState => this.state;

  /** Begins with a draft, as if nothing of it had been seen. */
  begin(
    draft: Draft,
    how: Partial<Pick<WizardState, 'ownPlaneID' | 'openedSteps' | 'sentAs' | 'restored' | 'replaced'>> = {},
  ): void {
    this.set({ ...EMPTY, draft, ...how });
  }

  /** Changes the draft; does nothing while there is none, or when the same draft comes back. */
  change(change: (draft: Draft, ownPlaneID: boolean) => Draft): void {
    const { draft, ownPlaneID, serverProblems } = this.state;
    if (!draft) return;
    const changed = change(draft, ownPlaneID);
    if (changed === draft) return;
    const isUnchanged = (problem: DraftProblem) =>
      problem.path.length > 0 && valueInDraft(draft, problem.path) === valueInDraft(changed, problem.path);
    this.set({
      ...this.state,
      draft: changed,
      serverProblems: serverProblems.filter(isUnchanged),
      // A change proves that the note was seen, but secrets to enter again are mentioned until it is dismissed.
      restored: this.state.restored === 'whole' ? null : this.state.restored,
    });
  }

  /** The planeID was chosen by hand; an empty one is proposed from the name again. */
  setPlaneID(planeID: string): void {
    this.change((draft) => withSpecValue(draft, ['planeID'], planeID));
    this.set({ ...this.state, ownPlaneID: planeID !== '' });
  }

  /** A field was left: from now on its errors are shown. @param key as `pathKey` makes it */
  leaveField(key: string): void {
    if (this.state.leftFields.has(key)) return;
    this.set({ ...this.state, leftFields: new Set([...this.state.leftFields, key]) });
  }

  /** A part of the draft was added, empty. @param key as `pathKey` makes it */
  addField(key: string): void {
    const isOld = (other: string) => other !== key && !other.startsWith(`${key}.`);
    this.set({
      ...this.state,
      // A field of the same key that was left before was another one.
      leftFields: new Set([...this.state.leftFields].filter(isOld)),
      addedFields: new Set([...this.state.addedFields, key]),
    });
  }

  /** From now on the errors of added parts are shown. */
  clearAdded(): void {
    if (this.state.addedFields.size > 0) this.set({ ...this.state, addedFields: new Set() });
  }

  /** A step was opened: all before it count as attempted, and itself when somebody wants to go on from it. */
  visit(step: Step, isAttempted = false): void {
    if (!this.state.openedSteps.has(step))
      this.set({ ...this.state, openedSteps: new Set([...this.state.openedSteps, step]) });
    const attempted = STEPS.slice(0, STEPS.indexOf(step) + (isAttempted ? 1 : 0)).filter(
      (item) => !this.state.attemptedSteps.has(item),
    );
    if (attempted.length > 0)
      this.set({ ...this.state, attemptedSteps: new Set([...this.state.attemptedSteps, ...attempted]) });
  }

  /** What the API server says of the draft as it is now. */
  setServerProblems(serverProblems: readonly DraftProblem[]): void {
    if (serverProblems.length === 0 && this.state.serverProblems.length === 0) return;
    this.set({ ...this.state, serverProblems });
  }

  /** The draft is being sent, to be written. */
  send(): void {
    const { draft } = this.state;
    if (!draft) return;
    const { plural, namespace, name } = draft;
    this.set({ ...this.state, sentAs: planeKey({ plural, namespace: namespace || undefined, name }) });
  }

  /** The note about a draft that came back was read. */
  dismissRestored(): void {
    this.set({ ...this.state, restored: null });
  }

  /**
   * Continues with a draft of another kind. The draft of the kind before is restored by choosing that kind again:
   * `draftFrom` gets it as it was then, or null.
   */
  chooseKind(plural: PlanePlural, draftFrom: (earlier: Draft | null) => Draft): void {
    const { draft, ownPlaneID, replaced } = this.state;
    if (draft) this.draftsByKind.set(draft.plural, draft);
    const earlier = this.draftsByKind.get(plural) ?? null;
    this.set({ ...EMPTY, draft: draftFrom(earlier), ownPlaneID, replaced });
  }

  /** Goes back to the replaced draft; the current one takes its place. */
  swapReplaced(): void {
    const { draft, ownPlaneID, replaced } = this.state;
    if (replaced) this.set({ ...EMPTY, ...replaced, replaced: { draft, ownPlaneID } });
  }

  removeReplaced(): void {
    this.set({ ...this.state, replaced: null });
  }

  clear(): void {
    this.draftsByKind.clear();
    this.set(EMPTY);
  }

  private set(state: WizardState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** The tab's draft. On the server it stays empty: nothing there may write to it. */
export const draftStore = new DraftStore();

/** The state of the tab's draft. During hydration it is empty, as on the server. */
export function useWizardState(): WizardState {
  return useSyncExternalStore(draftStore.subscribe, draftStore.get, () => EMPTY);
}
