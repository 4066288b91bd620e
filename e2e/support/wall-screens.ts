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

/** A folder that gets a picture of every situation on every screen, for those who want to judge them. */
const PICTURES = process.env.WALL_PICTURES;

/** Colours are the same on every screen: one of them is looked at in both, and for pictures all are. */
function schemesOn(screen: (typeof SCREENS)[number]): readonly (typeof SCHEMES)[number][] {
  if (PICTURES || screen.width === 1920) return SCHEMES;
  return [SCHEMES[SCREENS.indexOf(screen) % SCHEMES.length] ?? 'light'];
}

/** Measures the situation that the page shows on every screen, and returns what was measured. */
export async function surveyed(page: Page, situation: string): Promise<Survey[]> {
  const surveys: Survey[] = [];
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    for (const colorScheme of schemesOn(screen)) {
      await page.emulateMedia({ colorScheme });
      const survey = await surveyWall(page);
      const name = `${situation} ${screen.width}x${screen.height} ${colorScheme}`;
      expect.soft(wallProblems(survey), name).toEqual([]);
      expect.soft(isWorstFirst(survey), `${name}: the worst stand first`).toBe(true);
      surveys.push(survey);
      await picture(page, name);
    }
  }
  return surveys;
}

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name.replaceAll(' ', '_')}.png`) });
}
