import { clearProcessSlots } from '@/lib/server/process/process-slot';

/** Runs before each file, because files share their worker's modules, and with them the state of a process. */
clearProcessSlots();
