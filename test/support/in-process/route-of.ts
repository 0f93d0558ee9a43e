import { type HttpRoute, httpRoutes, splitRoute } from '@seenby/protocol/http-requests.ts';

const declared = httpRoutes.map((route) => {
  const { method, path } = splitRoute(route);
  return { route, method, parts: path.split('/') };
});

/** The route of a request, as API Gateway finds it, and what its path's parameters are. */
export function routeOf(method: string, pathname: string) {
  const segments = pathname.split('/').map(decodeURIComponent);
  const found = declared.find(
    (each) =>
      each.method === method &&
      each.parts.length === segments.length &&
      each.parts.every((part, i) => part.startsWith('{') || part === segments[i]),
  );
  if (!found) throw new Error(`no route for ${method} ${pathname}`);
  const parameters = found.parts.flatMap((part, i) =>
    part.startsWith('{') ? [[part.slice(1, -1), segments[i]] as const] : [],
  );
  return { route: found.route as HttpRoute, path: Object.fromEntries(parameters) };
}
