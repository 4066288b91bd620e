import type { DiagnosisFinding, FindingCode } from '@/lib/plane/diagnosis/diagnosis-finding';
import type { PlaneStatus } from '@/testing/control-plane/plane-statuses';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

/** A plane that provokes a finding, and what its page then shows. */
export interface FindingCase {
  readonly code: FindingCode;
  readonly plane: SimulatedPlane;
  /** Parts that have to be created first, such as certificates. */
  readonly createParts?: () => Promise<Partial<SimulatedPlane>>;
  /** Further planes that the finding needs. */
  readonly others?: readonly SimulatedPlane[];
  /** Created just before its page is opened, because the finding or its text lasts for minutes only. */
  readonly createLate?: true;
  /** Written in the controller's place just before the page is opened, for findings that change within seconds. */
  readonly status?: () => PlaneStatus;
  readonly severity: DiagnosisFinding['severity'];
  readonly title: string;
  /** Its cause. */
  readonly known: RegExp;
  /** Part of a remedy, as text, command or button; null: there is none. */
  readonly todo: RegExp | null;
}
