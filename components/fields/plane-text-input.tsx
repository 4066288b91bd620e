import { TextArea, TextInput } from '@/components/ui/controls';
import type { ControlProps } from '@/components/ui/field';
import { PLANE_TEXTS, type PlaneTextField } from '@/lib/plane/model/plane-texts';

/** The input for one of a plane's texts. */
export function PlaneTextInput({
  field,
  control,
  value,
  onChange,
  onBlur,
}: {
  readonly field: PlaneTextField;
  readonly control: ControlProps;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
}) {
  const { placeholder } = PLANE_TEXTS[field];
  return field === 'description' ? (
    <TextArea
      {...control}
      rows={2}
      spellCheck
      value={value}
      onBlur={onBlur}
      onChange={({ target }) => onChange(target.value)}
    />
  ) : (
    <TextInput
      {...control}
      spellCheck={field !== 'runbookUrl'}
      value={value}
      placeholder={placeholder}
      onBlur={onBlur}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
