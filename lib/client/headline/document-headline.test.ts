import { describe, expect, it } from 'vitest';
import { PageTitle } from './document-headline';

describe('PageTitle', () => {
  it('puts the headline before the title, replaces it, and removes it', () => {
    const title = new PageTitle('prod · Planeboard');
    expect(title.setHeadline('2 stale')).toBe('2 stale · prod · Planeboard');
    expect(title.setHeadline('1 stale')).toBe('1 stale · prod · Planeboard');
    expect(title.setHeadline(null)).toBe('prod · Planeboard');
  });

  it('keeps the headline when another page sets its title', () => {
    const title = new PageTitle('prod · Planeboard');
    title.setHeadline('2 stale');
    expect(title.titleChanged('Register a plane · prod · Planeboard')).toBe(
      '2 stale · Register a plane · prod · Planeboard',
    );
    expect(title.setHeadline(null)).toBe('Register a plane · prod · Planeboard');
  });

  it("doesn't mistake its own title for the page's", () => {
    const title = new PageTitle('prod · Planeboard');
    const shown = title.setHeadline('2 stale');
    expect(title.titleChanged(shown)).toBe(shown);
  });

  it('waits while Next replaces the title and there is none', () => {
    const title = new PageTitle('prod · Planeboard');
    title.setHeadline('2 stale');
    expect(title.titleChanged('')).toBe('');
    expect(title.titleChanged('Register a plane · Planeboard')).toBe(
      '2 stale · Register a plane · Planeboard',
    );
    const fromNothing = new PageTitle('');
    expect(fromNothing.setHeadline('2 stale')).toBe('');
    expect(fromNothing.titleChanged('prod · Planeboard')).toBe('2 stale · prod · Planeboard');
  });

  it('recognises its own title although documents collapse whitespace', () => {
    const title = new PageTitle('A  plane ');
    const shown = title.setHeadline('2 stale');
    expect(shown).toBe('2 stale · A plane');
    expect(title.titleChanged(shown)).toBe(shown);
  });
});
