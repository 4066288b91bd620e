import type { ReactNode } from 'react';
import type { FormField } from '@/lib/plane/registration/form-field';

export interface FieldProps {
  readonly field: FormField;
  /** Stands beside the label; the group or list around the field has it. */
  readonly action?: ReactNode;
  /** Where what is around the field names it already. */
  readonly hideLabel?: boolean;
}

/** Fields with fields in them are told how to render those, since anything may stand in them, themselves included. */
export interface ParentFieldProps extends FieldProps {
  readonly renderField: (props: FieldProps) => ReactNode;
}
