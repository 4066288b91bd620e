import { setPace } from '@/lib/plane/time/pace';

/** Next runs this file in the browser, before the page becomes interactive. The root layout writes the attribute. */
setPace(Number(document.documentElement.dataset.pace ?? 1));
