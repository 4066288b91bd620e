'use client';

import { MenuRadioItem } from '@/components/ui/menu';
import { THEME_LABELS, THEMES, type Theme } from './theme';

/** The themes as items of a menu. */
export function ThemeItems({
  theme,
  onChoose,
}: {
  readonly theme: Theme;
  readonly onChoose: (theme: Theme) => void;
}) {
  return THEMES.map((name) => (
    <MenuRadioItem key={name} checked={name === theme} onSelect={() => onChoose(name)}>
      {THEME_LABELS[name]}
    </MenuRadioItem>
  ));
}
