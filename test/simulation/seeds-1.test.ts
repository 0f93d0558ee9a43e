import { checkSeeds } from './check-seeds.ts';

// Files run side by side.
checkSeeds(1, 4);
