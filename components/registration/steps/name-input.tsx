import { TextInput } from '@/components/ui/controls';
import type { ControlProps } from '@/components/ui/field';

/**
 * An input for a name. It trims the name on blur and on Enter, because copied names often carry invisible blanks that
 * are never meant. It doesn't trim while you type: a blank may be the gap before the next word.
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
