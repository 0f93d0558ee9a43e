/** What the local cloud measures, by namespace: alarms on anything else would never change. */
const measured: Readonly<Record<string, readonly string[]>> = {
  'AWS/ApiGateway': [
    ...['Count', '4xx', '5xx', 'Latency', 'IntegrationLatency', 'ConnectCount', 'MessageCount'],
    ...['ClientError', 'ExecutionError', 'IntegrationError'],
  ],
  'AWS/DynamoDB': ['ReadThrottleEvents', 'WriteThrottleEvents'],
  'AWS/Lambda': ['Duration', 'Errors', 'Invocations', 'IteratorAge', 'Throttles'],
  'AWS/SQS': ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'],
};

/** Of namespaces that are not AWS's own, the template's metric filters make the metrics. */
export function isMeasured({ namespace, name }: { namespace: string; name: string }): boolean {
  return !namespace.startsWith('AWS/') || measured[namespace]?.includes(name) === true;
}
