import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** Longer than a message takes; nobody else reads the queue. */
const hiddenSeconds = 900;

/** The messages of a queue, each once; those that are not deleted show again after `release`. */
export class Queue {
  readonly #client: SQSClient;
  readonly #url: string;
  readonly #hidden = new Map<string, string>();

  constructor(client: SQSClient, url: string) {
    this.#client = client;
    this.#url = url;
  }

  /** Until the queue answers nothing. */
  async *messages(): AsyncGenerator<Message> {
    for (;;) {
      const { Messages = [] } = await this.#client.send(
        new ReceiveMessageCommand({
          ...{ QueueUrl: this.#url, MaxNumberOfMessages: 10 },
          // Long polling asks all of SQS's servers: a short one may miss messages that are there.
          ...{ WaitTimeSeconds: 2, VisibilityTimeout: hiddenSeconds },
        }),
      );
      if (Messages.length === 0) return;
      for (const { MessageId = '', ReceiptHandle = '' } of Messages) {
        this.#hidden.set(MessageId, ReceiptHandle);
      }
      yield* Messages;
    }
  }

  async delete({ MessageId = '', ReceiptHandle }: Message): Promise<void> {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle }));
    this.#hidden.delete(MessageId);
  }

  async release(): Promise<void> {
    for (const ReceiptHandle of this.#hidden.values()) {
      const input = { QueueUrl: this.#url, ReceiptHandle, VisibilityTimeout: 0 };
      await this.#client.send(new ChangeMessageVisibilityCommand(input));
    }
  }
}
