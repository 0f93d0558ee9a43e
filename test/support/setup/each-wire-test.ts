import { afterEach } from 'vitest';
import { checkFrames } from '../wire/user.ts';

// Vitest loads this anew for each test file.
afterEach(checkFrames);
