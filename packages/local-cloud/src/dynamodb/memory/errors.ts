/** An error that DynamoDB answers with, and what it says besides its message. */
export class DynamoDbError extends Error {
  override readonly name: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = name;
    this.details = details;
  }
}

export const invalid = (message: string): DynamoDbError =>
  new DynamoDbError('ValidationException', message);

/** Of a value of a request: DynamoDB begins these alike. */
export const invalidValue = (message: string): DynamoDbError =>
  invalid(`One or more parameter values were invalid: ${message}`);

export const notFound = (message: string): DynamoDbError =>
  new DynamoDbError('ResourceNotFoundException', message);
