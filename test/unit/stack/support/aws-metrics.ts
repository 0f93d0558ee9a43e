/** Metrics that AWS publishes by itself, each under these dimensions: from its documentation. */
export const awsMetrics: ReadonlySet<string> = new Set([
  'AWS/ApiGateway 5xx{ApiId}',
  'AWS/ApiGateway Count{ApiId}',
  'AWS/ApiGateway Latency{ApiId}',
  'AWS/ApiGateway IntegrationLatency{ApiId}',
  'AWS/ApiGateway IntegrationError{ApiId}',
  'AWS/ApiGateway ConnectCount{ApiId}',
  'AWS/ApiGateway MessageCount{ApiId}',
  'AWS/DynamoDB ConsumedReadCapacityUnits{TableName}',
  'AWS/DynamoDB ConsumedWriteCapacityUnits{TableName}',
  'AWS/DynamoDB ReadThrottleEvents{TableName}',
  'AWS/DynamoDB WriteThrottleEvents{TableName}',
  'AWS/Lambda Errors{FunctionName}',
  'AWS/Lambda IteratorAge{FunctionName}',
  'AWS/Lambda Throttles{FunctionName}',
  'AWS/SQS ApproximateNumberOfMessagesVisible{QueueName}',
  'AWS/SQS ApproximateAgeOfOldestMessage{QueueName}',
]);
