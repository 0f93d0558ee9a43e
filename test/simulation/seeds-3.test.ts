import { checkSeeds } from './check-seeds.ts';

// Files run side by side.
checkSeeds(3, 4);
