import type { Screen } from '@/lib/plane/wall/tile-size';

/** Screens that a wall is looked at on before it hangs there, by the names that the page's address has for them. */
export const PREVIEW_SCREENS = {
  hd: { words: 'HD, 1280 × 720', width: 1280, height: 720 },
  'full-hd': { words: 'Full HD, 1920 × 1080', width: 1920, height: 1080 },
  '4k': { words: '4K, 3840 × 2160', width: 3840, height: 2160 },
  upright: { words: 'Full HD upright, 1080 × 1920', width: 1080, height: 1920 },
  phone: { words: 'Phone, 390 × 844', width: 390, height: 844 },
} as const satisfies Record<string, Screen & { readonly words: string }>;

export type PreviewScreen = keyof typeof PREVIEW_SCREENS;

export const DEFAULT_PREVIEW_SCREEN: PreviewScreen = 'full-hd';

/** Whether a text names one of them. */
export function isPreviewScreen(text: string): text is PreviewScreen {
  return Object.hasOwn(PREVIEW_SCREENS, text);
}

/**
 * How much smaller a screen is drawn, so that it fits into a box. It is never drawn larger than it is.
 *
 * @param box in CSS pixels, as the screen
 */
export function previewScale(screen: Screen, box: Screen): number {
  return Math.min(1, box.width / screen.width, box.height / screen.height);
}
