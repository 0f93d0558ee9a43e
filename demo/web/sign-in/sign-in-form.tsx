import { type FormEvent, useState } from 'react';
import { useTexts } from '../text/language.tsx';
import type { Identity, SignIn } from './identity.ts';
import { SignInProblem } from './sign-in-problem.ts';

export interface SignInFormProps {
  signIn: Exclude<SignIn, { kind: 'signedIn' }>;
  onSignedIn(identity: Identity): void;
}

/** Asks for what the identity provider of this deployment wants. */
export function SignInForm({ signIn, onSignedIn }: SignInFormProps) {
  const texts = useTexts();
  const [problem, setProblem] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const field = (name: string) => String(typed.get(name) ?? '');
    try {
      onSignedIn(
        signIn.kind === 'password'
          ? await signIn.signIn(field('email'), field('password'))
          : signIn.signIn(field('token')),
      );
    } catch (cause) {
      setProblem(
        texts.signInProblems[cause instanceof SignInProblem ? cause.reason : 'unreachable'],
      );
    }
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <h1>Seenby</h1>
        {signIn.kind === 'password' ? <PasswordFields /> : <TokenField issuer={signIn.issuer} />}
        <p role="alert">{problem}</p>
        <button type="submit" className="primary">
          {texts.signIn}
        </button>
      </form>
    </main>
  );
}

function PasswordFields() {
  const texts = useTexts();
  return (
    <>
      <label>
        {texts.email}
        <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        {texts.password}
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
    </>
  );
}

function TokenField({ issuer }: { issuer: string }) {
  const texts = useTexts();
  return (
    <label>
      {texts.token}
      <textarea name="token" rows={5} required />
      <small>{texts.tokenHint(issuer)}</small>
    </label>
  );
}
