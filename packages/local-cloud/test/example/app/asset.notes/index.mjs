import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';

const database = new DynamoDBClient();
const TableName = process.env.TABLE;

/** `PUT /notes/{id}` keeps a text, `GET /notes/{id}` answers it. */
export const handler = async ({ requestContext, pathParameters, body }) => {
  const id = { S: pathParameters.id };
  if (requestContext.http.method === 'PUT') {
    await database.send(new PutItemCommand({ TableName, Item: { id, text: { S: body } } }));
    return { statusCode: 204 };
  }
  const { Item } = await database.send(new GetItemCommand({ TableName, Key: { id } }));
  return Item ? { statusCode: 200, body: Item.text.S } : { statusCode: 404 };
};
