import 'server-only';
import type { ApiServer } from '@/lib/api/fleet';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';

/** The API server as a whole: whether it answers, and when it last did. */
export class ApiServerState {
  private state: 'connecting' | 'reachable' | 'unreachable' | 'unauthorized' = 'connecting';
  private problem: string | null = null;
  private catalogProblem: string | null = null;
  /** On the monotonic clock: the API server's own may be set. */
  private contactAtMs: number | null = null;
  private noneInstalled = false;

  /**
   * @param nowMs the API server's clock
   * @param onChange called when the state or problem changes, but not for contact alone
   */
  constructor(
    private readonly nowMs: () => number,
    private readonly onChange: () => void,
  ) {}

  /** Records contact: any answer, event or bookmark that only the API server can have sent. */
  contact(): void {
    this.contactAtMs = monotonicMs();
    this.set('reachable', null);
  }

  failed(unauthorized: boolean, problem: string): void {
    this.set(unauthorized ? 'unauthorized' : 'unreachable', problem);
  }

  /** Sets whether discovery found any plane kind. */
  installed(any: boolean): void {
    if (this.noneInstalled === !any) return;
    this.noneInstalled = !any;
    this.onChange();
  }

  /** Sets why the catalog can't be read while the API server answers; null: it can. */
  catalogFailed(problem: string | null): void {
    if (this.catalogProblem === problem) return;
    this.catalogProblem = problem;
    this.onChange();
  }

  get isReachable(): boolean {
    return this.state === 'reachable';
  }

  wire(): ApiServer {
    const state = this.state === 'reachable' && this.noneInstalled ? 'none-installed' : this.state;
    // An unreachable API server explains everything else.
    const problem = this.problem ?? this.catalogProblem;
    const { contactAtMs } = this;
    return {
      state,
      lastContactAt:
        contactAtMs === null ? null : new Date(this.nowMs() - (monotonicMs() - contactAtMs)).toISOString(),
      ...(problem === null ? {} : { problem }),
    };
  }

  private set(state: ApiServerState['state'], problem: string | null): void {
    if (this.state === state && this.problem === problem) return;
    this.state = state;
    this.problem = problem;
    this.onChange();
  }
}
