import type { DiagnosisFinding, FindingCode, RemedyAction } from '@/lib/plane/diagnosis/diagnosis-finding';
import type { PlaneStatus } from '@/testing/control-plane/plane-statuses';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

/** A finding as a test expects it. */
export interface ExpectedFinding {
  readonly code: FindingCode;
  readonly severity: DiagnosisFinding['severity'];
  readonly title: string;
  /** Matches the fact and its consequence. */
  readonly known: RegExp;
  /** Matches the text or the command of a remedy; null if the finding has none. */
  readonly todo: RegExp | null;
  /** The action of that remedy, which the page offers as a button. */
  readonly action?: RemedyAction;
}

/** A plane that causes a finding. */
export interface FindingCase extends ExpectedFinding {
  readonly plane: SimulatedPlane;
  /** Creates parts of the plane that take time, such as certificates. */
  readonly createParts?: () => Promise<Partial<SimulatedPlane>>;
  /** Other planes that the finding depends on. */
  readonly others?: readonly SimulatedPlane[];
  /** How long ago the plane's deletion was requested, if it wasn't just now. */
  readonly deletingForMs?: number;
  /** Creates the plane just before it's diagnosed, for findings or texts that last only minutes. */
  readonly createLate?: true;
  /**
   * Status written instead of the controller's just before the plane is diagnosed, for findings that last only seconds.
   */
  readonly status?: () => PlaneStatus;
}
