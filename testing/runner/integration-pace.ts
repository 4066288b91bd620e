import { setPace } from '@/lib/plane/time/pace';

/** Waits and age limits of the servers in this process take a tenth of their time. */
setPace(10);
