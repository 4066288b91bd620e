import 'server-only';
import type { ApiServer } from '@/lib/api/fleet';
import { ContactTime } from './contact-time';

/** The API server as a whole: whether it answers, and when it last did. */
export class ApiServerState {
  private state: 'connecting' | 'reachable' | 'unreachable' | 'unauthorized' = 'connecting';
  private problem: string | null = null;
  private catalogProblem: string | null = null;
  private lastContact: ContactTime | null = null;
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
    this.lastContact = new ContactTime();
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
    const { lastContact } = this;
    return {
      state,
      lastContactAt: lastContact && new Date(lastContact.toldAtMs(this.nowMs())).toISOString(),
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
