'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuRadioItem } from '@/components/ui/menu';
import { applyTheme, rememberTheme, THEME_LABELS, THEMES, type Theme } from './theme';

const ICONS = { light: Sun, dark: Moon, system: Monitor } as const;

/** The menu for the theme: light, dark, or as on the device. */
export function ThemeMenu({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const Icon = ICONS[theme];
  const choose = (next: Theme) => {
    applyTheme(next);
    rememberTheme(next);
    setTheme(next);
  };
  return (
    <Menu
      label="Theme"
      button={{
        icon: true,
        'aria-label': `Theme: ${THEME_LABELS[theme]}`,
        title: 'Theme',
        children: <Icon size={15} aria-hidden="true" />,
      }}
    >
      {THEMES.map((name) => (
        <MenuRadioItem key={name} checked={name === theme} onSelect={() => choose(name)}>
          {THEME_LABELS[name]}
        </MenuRadioItem>
      ))}
    </Menu>
  );
}
