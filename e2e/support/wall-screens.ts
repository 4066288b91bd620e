import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Survey } from './surveyed-wall';
import { isWorstFirst, wallProblems } from './wall-rules';
import { surveyWall } from './wall-survey';

const WALLS = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1080, height: 1920 },
] as const;
const PHONE = { width: 390, height: 844 } as const;
const SCREENS = [...WALLS, PHONE];
const SCHEMES = ['light', 'dark'] as const;

/** The folder for pictures of every situation on every screen, to review them; none by default. */
const PICTURES = process.env.WALL_PICTURES;

/**
 * The themes to check on a screen. Colours don't depend on the screen, so only one screen is checked in both themes.
 */
function schemesOn(screen: (typeof SCREENS)[number]): readonly (typeof SCHEMES)[number][] {
  if (PICTURES || screen.width === 1920) return SCHEMES;
  return [SCHEMES[SCREENS.indexOf(screen) % SCHEMES.length] ?? 'light'];
}

/** Measures the page's current situation on every screen, checks all rules, and returns the measurements. */
export async function surveyed(page: Page, situation: string): Promise<Survey[]> {
  const surveys: Survey[] = [];
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    for (const colorScheme of schemesOn(screen)) {
      await page.emulateMedia({ colorScheme });
      const survey = await surveyWall(page);
      const name = `${situation} ${screen.width}x${screen.height} ${colorScheme}`;
      expect.soft(wallProblems(survey), name).toEqual([]);
      expect.soft(isWorstFirst(survey), `${name}: the worst planes come first`).toBe(true);
      surveys.push(survey);
      await takePicture(page, name);
    }
  }
  return surveys;
}

async function takePicture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name.replaceAll(' ', '_')}.png`) });
}
