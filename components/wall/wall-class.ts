import { clsx } from 'clsx';
import styles from './wall.module.css';

/** The class of the box that a wall stands in, lit as it is chosen. `system`: as what it stands on. */
export function wallClass(theme: 'light' | 'dark' | 'system'): string {
  return clsx(styles.wall, theme === 'light' && styles.light, theme === 'dark' && styles.dark);
}
