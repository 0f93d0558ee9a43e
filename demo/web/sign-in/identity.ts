/** Who the page speaks for. */
export interface Identity {
  /** The service takes the user from the token; this is only shown. */
  readonly name: string;
  getToken(): Promise<string>;
  /** Tokens for anybody else: on the local cloud only. */
  tokenOf?(userId: string, name?: string): Promise<string>;
  signOut?(): void;
}

/** How somebody gets an identity: there already, or by what a person types. */
export type SignIn =
  | { readonly kind: 'signedIn'; readonly identity: Identity }
  | { readonly kind: 'password'; signIn(email: string, password: string): Promise<Identity> }
  | { readonly kind: 'token'; readonly issuer: string; signIn(token: string): Identity };
