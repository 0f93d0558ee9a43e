import { createContext, useContext } from 'react';
import type { PageConfig } from '../page-config.ts';
import type { Identity } from '../sign-in/identity.ts';

export interface Page {
  readonly config: PageConfig;
  readonly identity: Identity;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('There is no PageContext above this component.');
  return page;
}
