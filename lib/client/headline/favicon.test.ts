import { describe, expect, it } from 'vitest';
import { ATTENTION_STATES } from '@/lib/plane/health/attention';
import { faviconColours, faviconHref, faviconSvg } from './favicon';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('the icon of a tab', () => {
  it.each(ATTENTION_STATES)('shows the number of %s planes with a contrast of at least 4.5', (state) => {
    const { ground, ink } = faviconColours(state);
    const [dark = 0, light = 0] = [luminance(ground), luminance(ink)].toSorted((a, b) => a - b);
    expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  it('has a distinct outline for each state, so colour is never the only difference', () => {
    const counted = ATTENTION_STATES.map((state) => faviconSvg(state, 3).replaceAll(/#[0-9a-f]{3,6}/g, ''));
    expect(new Set(counted).size).toBe(ATTENTION_STATES.length);
  });

  it('counts up to the highest readable number', () => {
    expect(faviconSvg('disconnected', 7)).toContain('>7</text>');
    expect(faviconSvg('disconnected', 99)).toContain('>99</text>');
    expect(faviconSvg('disconnected', 100)).toContain('>+</text>');
  });

  it('shows a tick without a number for healthy planes', () => {
    expect(faviconSvg('healthy', 27)).not.toContain('<text');
  });

  it('needs no server', () => {
    expect(decodeURIComponent(faviconHref('stale', 2).replace('data:image/svg+xml,', ''))).toBe(
      faviconSvg('stale', 2),
    );
  });
});
