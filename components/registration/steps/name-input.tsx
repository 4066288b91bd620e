import { TextInput } from '@/components/ui/controls';
import type { ControlProps } from '@/components/ui/field';

/**
 * An input for a name, which trims it when the field is left, or Enter is pressed. Blanks come along when a name is
 * copied, can't be seen, and are never meant; while you type, one may be the gap before the next word.
 */
export function NameInput({
  control,
  name,
  placeholder,
  onChange,
}: {
  readonly control: ControlProps;
  readonly name: string;
  readonly placeholder: string;
  readonly onChange: (name: string) => void;
}) {
  const trim = () => {
    if (name !== name.trim()) onChange(name.trim());
  };
  return (
    <TextInput
      {...control}
      mono
      value={name}
      placeholder={placeholder}
      onChange={(event) => onChange(event.target.value)}
      onBlur={trim}
      onKeyDown={({ key }) => {
        if (key === 'Enter') trim();
      }}
    />
  );
}
