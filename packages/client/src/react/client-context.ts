import { createContext } from 'react';
import type { SeenbyClient } from '../seenby-client.ts';

export const ClientContext = createContext<SeenbyClient | undefined>(undefined);
