import { afterAll } from 'vitest';
import { endFile } from '../after-file.ts';

// Vitest loads this anew for each test file.
afterAll(endFile);
