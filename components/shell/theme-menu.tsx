'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuRadioGroup, MenuRadioItem } from '@/components/ui/menu';
import { applyTheme, parseTheme, rememberTheme, THEME_WORDS, THEMES, type Theme } from '@/lib/client/theme';

const ICONS = { light: Sun, dark: Moon, system: Monitor } as const;

/** Light, dark, or as the device has it. */
export function ThemeMenu({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const Icon = ICONS[theme];
  const choose = (value: string) => {
    const next = parseTheme(value);
    applyTheme(next);
    rememberTheme(next);
    setTheme(next);
  };
  return (
    <Menu
      trigger={
        <Button icon aria-label={`Theme: ${THEME_WORDS[theme]}`} title="Theme">
          <Icon size={15} aria-hidden="true" />
        </Button>
      }
    >
      <MenuRadioGroup value={theme} onValueChange={choose}>
        {THEMES.map((name) => (
          <MenuRadioItem key={name} value={name}>
            {THEME_WORDS[name]}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </Menu>
  );
}
