import type { HttpMeasure } from '../gateway/http/http-api.ts';

/** What an answered request adds to the metrics of its HTTP API. */
export function httpMetrics({ statusCode, latencyMs, integrationMs }: HttpMeasure) {
  return {
    ...{ Count: 1, '4xx': statusCode >= 400 && statusCode < 500 ? 1 : 0 },
    ...{ '5xx': statusCode >= 500 ? 1 : 0, Latency: Math.round(latencyMs) },
    ...(integrationMs !== undefined && { IntegrationLatency: Math.round(integrationMs) }),
  };
}
