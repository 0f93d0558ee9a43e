import {
  Function as EdgeFunction,
  FunctionCode,
  FunctionRuntime,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/**
 * CloudFront gives the root of a distribution an index, but no folder below it. This is what it runs
 * before it looks for a file: `/docs` leads to `/docs/`, whose file is `/docs/index.html`.
 */
const code = `function handler(event) {
  var request = event.request;
  if (request.uri === '/docs') {
    return {
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: { location: { value: '/docs/' } },
    };
  }
  if (request.uri.endsWith('/')) request.uri += 'index.html';
  return request;
}
`;

export const folderIndex = (scope: Construct): EdgeFunction =>
  new EdgeFunction(scope, 'FolderIndex', {
    comment: 'Finds the index of a folder',
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(code),
  });
