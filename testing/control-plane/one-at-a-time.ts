import type { Release } from '@/demo/crds/profiles';

/** An API server of a release with what runs on it. */
interface OfRelease {
  readonly release: Release;
  stop(): Promise<void>;
}

/**
 * Installations of the releases, one at a time, since each takes half a gigabyte: asking for another release ends the
 * one before. Tests that follow each other on one release share it, as a start takes seconds.
 */
export class OneAtATime<T extends OfRelease> {
  private current: T | null = null;

  constructor(private readonly start: (release: Release) => Promise<T>) {}

  async of(release: Release): Promise<T> {
    if (this.current?.release === release) return this.current;
    await this.stop();
    this.current = await this.start(release);
    return this.current;
  }

  async stop(): Promise<void> {
    await this.current?.stop();
    this.current = null;
  }
}
