import { describe, expect, it } from 'vitest';
import { pageAt, turnAt } from './tile-pages';
import { parseWallChoices, parseWallTheme, themeAtHour } from './wall-choices';

const choices = (text: string) => parseWallChoices(new URLSearchParams(text));

describe('parseWallChoices', () => {
  it('reads the choices from the URL', () => {
    expect(choices('title=Platform&theme=dark&seconds=20')).toEqual({
      title: 'Platform',
      theme: { name: 'dark' },
      pageSeconds: 20,
    });
  });
  it('uses defaults for unreadable values', () => {
    expect(choices('theme=loud&seconds=soon&title=%20')).toEqual({
      title: null,
      theme: { name: 'system' },
      pageSeconds: 15,
    });
  });
  it('keeps pages long enough to be read and short enough to turn', () => {
    expect([choices('seconds=0.1').pageSeconds, choices('seconds=1e9').pageSeconds]).toEqual([5, 3600]);
  });
});

describe('the automatic theme', () => {
  it('is light by day', () => {
    const theme = parseWallTheme('auto');
    expect([6, 7, 18, 19].map((hour) => themeAtHour(theme, hour))).toEqual([
      'dark',
      'light',
      'light',
      'dark',
    ]);
  });
  it('accepts its own hours, also past midnight', () => {
    const theme = parseWallTheme('auto:20-4');
    expect([19, 20, 3, 4].map((hour) => themeAtHour(theme, hour))).toEqual([
      'dark',
      'light',
      'light',
      'dark',
    ]);
    expect(parseWallTheme('auto:6-99')).toEqual({ name: 'auto', fromHour: 7, toHour: 19 });
  });
});

describe('pages', () => {
  it('turn by the time that the wall has been shown, and start over', () => {
    expect([0, 14_999, 15_000, 45_000].map((ms) => turnAt(ms, 15, 3))).toEqual([0, 0, 1, 0]);
    expect(turnAt(99_000, 15, 1)).toBe(0);
  });
  it('repeat in a region with fewer of them', () => {
    expect(pageAt(['a', 'b'], 3)).toBe('b');
    expect(pageAt([], 3)).toBeUndefined();
  });
});
