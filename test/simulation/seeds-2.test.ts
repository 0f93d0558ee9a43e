import { checkSeeds } from './check-seeds.ts';

// Files run side by side.
checkSeeds('[FA1] [PU1] [CT1] whatever fails, all of it holds', 2, 4);
