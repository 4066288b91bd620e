import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { getFleetSnapshot } from '@/lib/server/fleet/get-fleet';
import { resolveCaller } from '@/lib/server/rights/caller';

/** Who asks for this page; once a request. */
export const pageCaller = cache(async () => resolveCaller(await headers()));

/** The fleet as that person may see it; layout, page and metadata of one request share it. */
export const pageSnapshot = cache(async () => getFleetSnapshot(await pageCaller()));
