'use client';

import { createContext } from 'react';

/** The names of the fields to mark as changed. */
export const FieldMarks = createContext<ReadonlySet<string>>(new Set());
