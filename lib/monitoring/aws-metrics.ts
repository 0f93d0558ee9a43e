import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';

/** Metrics that AWS takes by itself, with the dimensions under which it publishes them. */
const aws =
  (namespace: string, dimension: string) =>
  (name: string, value: string, statistic = 'Sum', minutes = 5): Metric =>
    new Metric({
      ...{ namespace: `AWS/${namespace}`, metricName: name, statistic },
      ...{ dimensionsMap: { [dimension]: value }, period: Duration.minutes(minutes) },
    });

const ofQueue = aws('SQS', 'QueueName');
const ofFunction = aws('Lambda', 'FunctionName');

export const apiMetric = aws('ApiGateway', 'ApiId');
export const tableMetric = aws('DynamoDB', 'TableName');

export const messagesIn = ({ queueName }: Queue): Metric =>
  ofQueue('ApproximateNumberOfMessagesVisible', queueName, 'Maximum', 1);

export const ageOfOldest = ({ queueName }: Queue): Metric =>
  ofQueue('ApproximateAgeOfOldestMessage', queueName, 'Maximum', 1);

export const iteratorAge = ({ functionName }: IFunction): Metric =>
  ofFunction('IteratorAge', functionName, 'Maximum', 1);

export const invocationsOf = ({ functionName }: IFunction): Metric =>
  ofFunction('Invocations', functionName);

export const throttlesOf = ({ functionName }: IFunction): Metric =>
  ofFunction('Throttles', functionName);

export const errorsOf = ({ functionName }: IFunction): Metric =>
  ofFunction('Errors', functionName, 'Sum', 60);
