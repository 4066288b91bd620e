import type { InlineValue } from '@/components/plane/save-value';
import type { BulkChange } from './bulk-change';

/** Makes a bulk change of a value, whatever its type. */
type MakeChange = <Value>(value: InlineValue<Value>, wanted: Value) => BulkChange;

/** A change that a form describes, before its dry runs. */
export interface PlannedChange {
  /** The change as the rest of a sentence: `set env=prod`. */
  readonly text: string;
  /** Passes the value on to what sends it. */
  readonly with: (make: MakeChange) => BulkChange;
}
