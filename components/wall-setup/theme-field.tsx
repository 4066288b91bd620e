'use client';

import { Select } from '@/components/ui/controls';
import { Field, FieldSet } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import { parseWallTheme, type WallTheme } from '@/lib/plane/wall/wall-choices';

type ThemeName = WallTheme['name'];

const THEME_OPTIONS: readonly { readonly value: ThemeName; readonly label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'By time of day' },
];
const HOURS = Array.from({ length: 25 }, (_, hour) => hour);

/** The choice of a wall's theme. */
export function ThemeField({
  theme,
  error,
  onChange,
}: {
  readonly theme: WallTheme;
  readonly error: string | undefined;
  readonly onChange: (theme: WallTheme) => void;
}) {
  return (
    <FieldSet label="Theme" help="System follows the screen's browser." error={error}>
      <Segmented
        label="Theme"
        options={THEME_OPTIONS}
        value={theme.name}
        onChange={(name) => {
          if (name !== theme.name) onChange(parseWallTheme(name));
        }}
      />
      {theme.name === 'auto' ? (
        <>
          <div className="mt-2 flex gap-3">
            <HourField
              label="Light from"
              hour={theme.fromHour}
              onChange={(fromHour) => onChange({ ...theme, fromHour })}
            />
            <HourField
              label="Dark from"
              hour={theme.toHour}
              onChange={(toHour) => onChange({ ...theme, toHour })}
            />
          </div>
          <p className="mt-1.5 text-muted text-xs">In the screen's time zone.</p>
        </>
      ) : null}
    </FieldSet>
  );
}

function HourField({
  label,
  hour,
  onChange,
}: {
  readonly label: string;
  readonly hour: number;
  readonly onChange: (hour: number) => void;
}) {
  return (
    <Field label={label} className="w-28">
      {(control) => (
        <Select {...control} value={String(hour)} onChange={(event) => onChange(Number(event.target.value))}>
          {HOURS.map((value) => (
            <option key={value} value={value}>
              {String(value).padStart(2, '0')}:00
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
