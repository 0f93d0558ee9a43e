import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { z } from 'zod';
import { loadGroupChangeSchema, loadGroupRequestSchema, welcomeSchema } from './api.ts';
import type { Clock } from './clock.ts';
import { streamEvents } from './event-stream.ts';
import type { Simulation } from './simulation.ts';

interface Answer {
  status: number;
  body: unknown;
}

type Route = (simulation: Simulation, body: unknown) => Answer | Promise<Answer>;

const base = '/dev/simulator';
const maxBodyBytes = 4096;

const done = (body: unknown): Answer => ({ status: 200, body });

const refuse = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

const noLoadGroup = refuse(404, 'NOT_FOUND', 'There is no load group.');

const routes: Record<string, Route> = {
  'GET ': ({ state }) => done(state),

  'POST /welcome': taking(welcomeSchema, async (simulation, user) => {
    const welcome = await simulation.welcome(user);
    if (welcome.outcome === 'welcome') return done({ groupId: welcome.groupId });
    return refuse(409, 'CONFLICT', `${user.userId} is played by the simulator.`);
  }),

  'PUT /load-group': taking(loadGroupRequestSchema, async (simulation, request) =>
    done(await simulation.startLoadGroup(request)),
  ),

  'PATCH /load-group': taking(loadGroupChangeSchema, async (simulation, { pace }) => {
    const changed = simulation.changePace(pace);
    return changed ? done(changed) : noLoadGroup;
  }),

  'GET /load-group/members': ({ loadGroupMembers: members }) =>
    members ? done({ members }) : noLoadGroup,

  'DELETE /load-group': async (simulation) => {
    const { outcome, ...finished } = await simulation.finishLoadGroup();
    if (outcome === 'noLoadGroup') return noLoadGroup;
    if (outcome === 'replaced')
      return refuse(409, 'CONFLICT', 'Another load group has taken its place.');
    return done(finished);
  },
};

function taking<T extends z.ZodType>(
  schema: T,
  run: (simulation: Simulation, input: z.output<T>) => Promise<Answer>,
): Route {
  return (simulation, body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return run(simulation, parsed.data);
    const [issue] = parsed.error.issues;
    const message = `${issue?.path.join('.') || 'body'}: ${issue?.message}`;
    return refuse(400, 'BAD_REQUEST', message);
  };
}

export interface ServerOptions {
  simulation: Simulation;
  clock: Clock;
  reportFault: (cause: unknown) => void;
}

/** The simulator over HTTP. */
export function createSimulatorServer({ simulation, clock, reportFault }: ServerOptions): Server {
  return createServer(async (request, response) => {
    const route = routeOf(request);
    if (route === 'GET /events') return streamEvents(simulation, clock, response);
    try {
      respond(response, await answer(simulation, route, request));
    } catch (cause) {
      reportFault(cause);
      respond(response, refuse(500, 'INTERNAL', 'The simulator could not do it.'));
    }
  });
}

async function answer(
  simulation: Simulation,
  route: string,
  request: IncomingMessage,
): Promise<Answer> {
  const handle = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (!handle) return refuse(404, 'NOT_FOUND', 'There is no such route.');
  return handle(simulation, await readJson(request));
}

function routeOf({ method, url = '' }: IncomingMessage): string {
  const { pathname } = new URL(url, 'http://localhost');
  return pathname.startsWith(base) ? `${method} ${pathname.slice(base.length)}` : '';
}

/** Undefined when it is no JSON, or more than anybody would send. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  try {
    return bytes <= maxBodyBytes ? JSON.parse(String(Buffer.concat(chunks))) : undefined;
  } catch {
    return undefined;
  }
}

function respond(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
