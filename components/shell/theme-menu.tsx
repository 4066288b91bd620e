'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { Menu } from '@/components/ui/menu';
import { THEME_LABELS, type Theme } from './theme';
import { ThemeItems } from './theme-items';
import { useTheme } from './use-theme';

const ICONS = { light: Sun, dark: Moon, system: Monitor } as const;

/** The menu for the theme: light, dark, or as on the device. */
export function ThemeMenu({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useTheme(initial);
  const Icon = ICONS[theme];
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
      <ThemeItems theme={theme} onChoose={setTheme} />
    </Menu>
  );
}
