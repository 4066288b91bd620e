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
  /** The opened steps; only these can be complete. */
  readonly openedSteps: ReadonlySet<Step>;
  /**
   * How the draft that the page opened with was restored: from memory, or after a reload. Null if the page began with
   * a new draft, or the note about it was dismissed.
   */
  readonly restored: 'whole' | 'without-secrets' | null;
  /** This tab's other drafts: a new one was started while they were unfinished. */
  readonly others: readonly OtherDraft[];
  /** The kind of a link that was opened while a draft of another kind was unfinished, or null. */
  readonly offeredKind: PlanePlural | null;
  /**
   * The key of the plane that the draft was last sent as; null if it wasn't sent. An existing plane of that name may
   * come from this draft if the response was lost or is pending; only the API server can tell.
   */
  readonly sentAs: string | null;
}

/** A draft that isn't open, with what belongs to it. */
export type OtherDraft = Pick<WizardState, 'ownPlaneID' | 'openedSteps' | 'sentAs' | 'restored'> & {
  readonly draft: Draft;
};

const EMPTY: WizardState = {
  draft: null,
  ownPlaneID: false,
  leftFields: new Set(),
  addedFields: new Set(),
  openedSteps: new Set(),
  attemptedSteps: new Set(),
  serverProblems: [],
  restored: null,
  others: [],
  offeredKind: null,
  sentAs: null,
};

/**
 * Holds this tab's drafts, above the steps and the page: going to the fleet and coming back loses nothing, not even what
 * must not be stored. One of them is open.
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

  /** Opens a draft instead of the open one, which is lost; the others stay. */
  begin(draft: Draft, how: Partial<Omit<OtherDraft, 'draft'>> = {}): void {
    this.draftsByKind.clear();
    this.set({ ...EMPTY, others: this.state.others, draft, ...how });
  }

  /** Opens a new draft. The open one becomes one of the others. */
  beginAnother(draft: Draft, how: Partial<Omit<OtherDraft, 'draft'>> = {}): void {
    this.set({ ...this.state, others: [...this.openDraft(), ...this.state.others] });
    this.begin(draft, how);
  }

  /** Opens one of the other drafts. The open one takes its place. */
  switchTo(id: string): void {
    const chosen = this.state.others.find((other) => other.draft.id === id);
    if (!chosen) return;
    const others = this.state.others.flatMap((other) => (other === chosen ? this.openDraft() : [other]));
    this.set({ ...this.state, others });
    this.begin(chosen.draft, chosen);
  }

  removeOther(id: string): void {
    this.set({ ...this.state, others: this.state.others.filter(({ draft }) => draft.id !== id) });
  }

  /** Sets the other drafts that were stored. */
  restoreOthers(others: readonly OtherDraft[]): void {
    this.set({ ...this.state, others });
  }

  /** Offers to start a draft of a link's kind instead of the open one. Null withdraws the offer. */
  offerKind(offeredKind: PlanePlural | null): void {
    if (this.state.offeredKind !== offeredKind) this.set({ ...this.state, offeredKind });
  }

  private openDraft(): OtherDraft[] {
    const { draft, ownPlaneID, openedSteps, sentAs, restored } = this.state;
    return draft ? [{ draft, ownPlaneID, openedSteps, sentAs, restored }] : [];
  }

  /** Changes the draft. Does nothing without a draft, or if the callback returns the same draft. */
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
      restored: afterChange(this.state.restored),
    });
  }

  /** Sets a planeID chosen by hand. An empty planeID follows the name again. */
  setPlaneID(planeID: string): void {
    this.change((draft) => withSpecValue(draft, ['planeID'], planeID));
    this.set({ ...this.state, ownPlaneID: planeID !== '' });
  }

  /**
   * Marks a field as left: its errors are shown from now on.
   *
   * @param key as `pathKey` returns it
   */
  leaveField(key: string): void {
    if (this.state.leftFields.has(key)) return;
    this.set({ ...this.state, leftFields: new Set([...this.state.leftFields, key]) });
  }

  /**
   * Marks a part of the draft as added and empty.
   *
   * @param key as `pathKey` returns it
   */
  addField(key: string): void {
    const isOld = (other: string) => other !== key && !other.startsWith(`${key}.`);
    this.set({
      ...this.state,
      // A field with this key that was left earlier belonged to another part.
      leftFields: new Set([...this.state.leftFields].filter(isOld)),
      addedFields: new Set([...this.state.addedFields, key]),
    });
  }

  /** Shows the errors of added parts from now on. */
  clearAdded(): void {
    if (this.state.addedFields.size > 0) this.set({ ...this.state, addedFields: new Set() });
  }

  /**
   * Opens a step. All steps before it count as attempted, as does the step itself when the person tries to leave it.
   */
  visit(step: Step, isAttempted = false): void {
    if (!this.state.openedSteps.has(step))
      this.set({ ...this.state, openedSteps: new Set([...this.state.openedSteps, step]) });
    const attempted = STEPS.slice(0, STEPS.indexOf(step) + (isAttempted ? 1 : 0)).filter(
      (item) => !this.state.attemptedSteps.has(item),
    );
    if (attempted.length > 0)
      this.set({ ...this.state, attemptedSteps: new Set([...this.state.attemptedSteps, ...attempted]) });
  }

  /** Sets the API server's problems with the current draft. */
  setServerProblems(serverProblems: readonly DraftProblem[]): void {
    if (serverProblems.length === 0 && this.state.serverProblems.length === 0) return;
    this.set({ ...this.state, serverProblems });
  }

  /** Records that the draft is being sent for creation. */
  send(): void {
    const { draft } = this.state;
    if (!draft) return;
    const { plural, namespace, name } = draft;
    this.set({ ...this.state, sentAs: planeKey({ plural, namespace: namespace || undefined, name }) });
  }

  /** Records that a page opened with this draft. Without a name, it holds nothing that anyone would miss. */
  reopen(): void {
    const { draft, restored } = this.state;
    if (draft && draft.name !== '' && restored === null) this.set({ ...this.state, restored: 'whole' });
  }

  /** Dismisses the note about a restored draft. */
  dismissRestored(): void {
    this.set({ ...this.state, restored: null });
  }

  /**
   * Continues with a draft of another kind. Choosing the previous kind again restores its draft: `draftFrom` receives
   * the chosen kind's earlier draft, or null.
   */
  chooseKind(plural: PlanePlural, draftFrom: (earlier: Draft | null) => Draft): void {
    const { draft, ownPlaneID, restored, others } = this.state;
    if (draft) this.draftsByKind.set(draft.plural, draft);
    const earlier = this.draftsByKind.get(plural) ?? null;
    this.set({ ...EMPTY, draft: draftFrom(earlier), ownPlaneID, restored: afterChange(restored), others });
  }

  /** Ends the open draft; the others stay. */
  clear(): void {
    this.draftsByKind.clear();
    this.set({ ...EMPTY, others: this.state.others });
  }

  private set(state: WizardState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** A change shows that the note was read, but the note about missing secrets stays until it's dismissed. */
function afterChange(restored: WizardState['restored']): WizardState['restored'] {
  return restored === 'whole' ? null : restored;
}

/** The tab's draft. On the server it stays empty, because nothing there may write to it. */
export const draftStore = new DraftStore();

/** Returns the tab's wizard state; empty during hydration, as on the server. */
export function useWizardState(): WizardState {
  return useSyncExternalStore(draftStore.subscribe, draftStore.get, () => EMPTY);
}
