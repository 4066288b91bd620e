import { describe, expect, it } from 'vitest';
import { PageTitle } from './document-headline';

describe('PageTitle', () => {
  it('puts the headline before the title, exchanges it, and takes it away', () => {
    const title = new PageTitle('prod · Planeboard');
    expect(title.say('2 stale')).toBe('2 stale · prod · Planeboard');
    expect(title.say('1 stale')).toBe('1 stale · prod · Planeboard');
    expect(title.say(null)).toBe('prod · Planeboard');
  });

  it('keeps the headline when another page brings its title', () => {
    const title = new PageTitle('prod · Planeboard');
    title.say('2 stale');
    expect(title.found('Register a plane · prod · Planeboard')).toBe(
      '2 stale · Register a plane · prod · Planeboard',
    );
    expect(title.say(null)).toBe('Register a plane · prod · Planeboard');
  });

  it('does not take what it wrote itself for a title of the page', () => {
    const title = new PageTitle('prod · Planeboard');
    const shown = title.say('2 stale');
    expect(title.found(shown)).toBe(shown);
  });

  it('waits while Next exchanges one title for another, and there is none', () => {
    const title = new PageTitle('prod · Planeboard');
    title.say('2 stale');
    expect(title.found('')).toBe('');
    expect(title.found('Register a plane · Planeboard')).toBe('2 stale · Register a plane · Planeboard');
    const fromNothing = new PageTitle('');
    expect(fromNothing.say('2 stale')).toBe('');
    expect(fromNothing.found('prod · Planeboard')).toBe('2 stale · prod · Planeboard');
  });

  it('recognises what it wrote as documents give it back: without blanks that nobody sees', () => {
    const title = new PageTitle('A  plane ');
    const shown = title.say('2 stale');
    expect(shown).toBe('2 stale · A plane');
    expect(title.found(shown)).toBe(shown);
  });
});
