import { createRewrite } from '../gateway/function-environment.ts';
import type { Listeners } from '../gateway/listeners.ts';
import { readDistribution } from '../page/distribution.ts';
import { PageServer } from '../page/page-server.ts';
import type { Database } from './database.ts';
import type { CloudOptions } from './options.ts';
import type { Stack } from './stack.ts';

/** The page, if the template has one, and how addresses of a deployment become local ones. */
export function openPage(
  { localHosts, localServers }: CloudOptions,
  { template, apis }: Stack,
  listeners: Listeners,
  database: Database,
): { page: PageServer | undefined; rewrite: (value: string) => string } {
  const distribution = readDistribution(template);
  // A table that was there before goes by its own name.
  const created = Object.entries(database.tables).filter(([id]) => template.find(id));
  const rewrite = createRewrite(template, {
    ...{ apis, listeners, page: distribution, hosts: localHosts },
    servers: localServers,
    tables: Object.fromEntries(created),
  });
  return { page: distribution && new PageServer(template, distribution, rewrite), rewrite };
}
