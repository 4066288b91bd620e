import type { PlanePlural } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import { type Draft, type DraftProblem, STEPS, type Step } from '@/lib/plane/registration/draft';
import { valueInDraft, withSpecValue } from '@/lib/plane/registration/draft-changes';

/** A draft, and what its author has seen of the wizard. */
export interface WizardState {
  /** Null until a kind is chosen. */
  readonly draft: Draft | null;
  /** Whether the planeID was chosen; until then it follows the name. */
  readonly ownPlaneID: boolean;
  /** Fields that were left once, by their key: what is wrong in them may be said. */
  readonly left: ReadonlySet<string>;
  /** What was added since its step was to be left, by its key: nobody has had the chance to fill it in yet. */
  readonly added: ReadonlySet<string>;
  /** Steps that were looked at: of no other can it be said that it is complete. */
  readonly opened: ReadonlySet<Step>;
  /** Steps that were to be left: everything that is wrong in them may be said. */
  readonly tried: ReadonlySet<Step>;
  /** What the API server said, until the field that it is about changes. */
  readonly serverProblems: readonly DraftProblem[];
  /** How a draft came back that this page did not begin itself; null: it began here, or that was read. */
  readonly restored: 'whole' | 'without-secrets' | null;
  /** An unfinished draft that made way for one that a link began; null: none. */
  readonly setAside: Pick<WizardState, 'draft' | 'ownPlaneID'> | null;
  /**
   * The key of the plane that the draft was last sent as; null: it was not. A plane of that name may be this very one,
   * its answer lost or still under way, which only the API server can tell.
   */
  readonly sentAs: string | null;
}

const EMPTY: WizardState = {
  draft: null,
  ownPlaneID: false,
  left: new Set(),
  added: new Set(),
  opened: new Set(),
  tried: new Set(),
  serverProblems: [],
  restored: null,
  setAside: null,
  sentAs: null,
};

/**
 * Holds the one draft of this tab, above the steps and above the page: going to look at the fleet and coming back
 * loses nothing, not even what must not be stored.
 */
export class DraftStore {
  private state: WizardState = EMPTY;
  private readonly parked = new Map<PlanePlural, Draft>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): WizardState => this.state;

  /** Begins with a draft, as if nothing of it had been seen. */
  begin(
    draft: Draft,
    how: Partial<Pick<WizardState, 'ownPlaneID' | 'opened' | 'sentAs' | 'restored' | 'setAside'>> = {},
  ): void {
    this.set({ ...EMPTY, draft, ...how });
  }

  /** Changes the draft; does nothing while there is none, or when the same draft comes back. */
  change(change: (draft: Draft, ownPlaneID: boolean) => Draft): void {
    const { draft, ownPlaneID, serverProblems } = this.state;
    if (!draft) return;
    const changed = change(draft, ownPlaneID);
    if (changed === draft) return;
    const stillSo = (problem: DraftProblem) =>
      problem.path.length > 0 && valueInDraft(draft, problem.path) === valueInDraft(changed, problem.path);
    this.set({
      ...this.state,
      draft: changed,
      serverProblems: serverProblems.filter(stillSo),
      // Whoever goes on has seen that it is back; what has to be entered again is said until it is read.
      restored: this.state.restored === 'whole' ? null : this.state.restored,
    });
  }

  /** The planeID was chosen by hand; an empty one is proposed from the name again. */
  setPlaneID(planeID: string): void {
    this.change((draft) => withSpecValue(draft, ['planeID'], planeID));
    this.set({ ...this.state, ownPlaneID: planeID !== '' });
  }

  /** A field was left: from now on it tells what is wrong with it. @param key as `fieldKey` makes it */
  leaveField(key: string): void {
    if (!this.state.left.has(key)) this.set({ ...this.state, left: new Set([...this.state.left, key]) });
  }

  /** A part of the draft was added, empty. @param key as `fieldKey` makes it */
  addField(key: string): void {
    const isOld = (other: string) => other !== key && !other.startsWith(`${key}.`);
    this.set({
      ...this.state,
      // What stood there before, and was left, was another one.
      left: new Set([...this.state.left].filter(isOld)),
      added: new Set([...this.state.added, key]),
    });
  }

  /** What was added has had its chance. */
  settleAdded(): void {
    if (this.state.added.size > 0) this.set({ ...this.state, added: new Set() });
  }

  /** A step is looked at: all before it count as tried, and itself when somebody wants to go on from it. */
  visit(step: Step, tried = false): void {
    if (!this.state.opened.has(step))
      this.set({ ...this.state, opened: new Set([...this.state.opened, step]) });
    const seen = STEPS.slice(0, STEPS.indexOf(step) + (tried ? 1 : 0)).filter(
      (item) => !this.state.tried.has(item),
    );
    if (seen.length > 0) this.set({ ...this.state, tried: new Set([...this.state.tried, ...seen]) });
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
   * Goes on with a draft of another kind. What was typed for the kind before is kept, and found again by coming back
   * to it: `make` gets the draft as it was left then, or null.
   */
  chooseKind(plural: PlanePlural, make: (parked: Draft | null) => Draft): void {
    const { draft, ownPlaneID, setAside } = this.state;
    if (draft) this.parked.set(draft.plural, draft);
    this.set({ ...EMPTY, draft: make(this.parked.get(plural) ?? null), ownPlaneID, setAside });
  }

  /** Takes up the draft again that made way for another, and sets that one aside. */
  swapSetAside(): void {
    const { draft, ownPlaneID, setAside } = this.state;
    if (setAside) this.set({ ...EMPTY, ...setAside, setAside: { draft, ownPlaneID } });
  }

  dismissSetAside(): void {
    this.set({ ...this.state, setAside: null });
  }

  clear(): void {
    this.parked.clear();
    this.set(EMPTY);
  }

  private set(state: WizardState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** The tab's draft. On the server it stays empty: nothing there may write to it. */
export const draftStore = new DraftStore();

export const EMPTY_WIZARD = EMPTY;
