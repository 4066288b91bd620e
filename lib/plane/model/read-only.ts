/** Why nothing can be changed in a read-only installation, beside each action that it disables. */
export const READ_ONLY_REASON = 'This installation is read-only, so nothing can be changed here.';
