import { checkSeeds } from './check-seeds.ts';

// Files run side by side.
checkSeeds(2, 4);
