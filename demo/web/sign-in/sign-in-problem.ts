export const signInReasons = ['wrong', 'unfinished', 'tooOften', 'unreachable', 'noToken'] as const;
export type SignInReason = (typeof signInReasons)[number];

/** Why nobody could be signed in; the page has words of its own for each reason. */
export class SignInProblem extends Error {
  override readonly name = 'SignInProblem';
  readonly reason: SignInReason;

  constructor(reason: SignInReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

const reasonOfFault: Readonly<Record<string, SignInReason>> = {
  NotAuthorizedException: 'wrong',
  UserNotFoundException: 'wrong',
  InvalidParameterException: 'wrong',
  TooManyRequestsException: 'tooOften',
  LimitExceededException: 'tooOften',
};

/** Of an answer of Cognito without tokens: it names a fault, or asks for one more step. */
export function reasonOf({ __type: fault }: { __type?: string }): SignInReason {
  // A user pool may put its namespace before the name, as in `com.amazonaws…#NotAuthorizedException`.
  const name = fault?.split('#').at(-1) ?? '';
  return (Object.hasOwn(reasonOfFault, name) && reasonOfFault[name]) || 'unfinished';
}
