import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { refuseStorage } from '../../support/refuse-storage.ts';
import { service, uniqueId } from '../../support/wire/service.ts';

const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example';

/** The page as a deployment with another identity provider serves it. */
async function openWith(config: { issuer: string; userPoolClientId?: string }): Promise<Page> {
  const browser = await openBrowser();
  // What the page may connect to is said by this stack, which has no user pool.
  const page = await (await browser.newContext({ locale: 'en-US', bypassCSP: true })).newPage();
  const { httpUrl, wsUrl } = service;
  await page.route('**/config.json', (route) =>
    route.fulfill({ json: { httpUrl, wsUrl, ...config } }),
  );
  return page;
}

it('asks for a token of a provider it knows nothing about, and keeps it for the tab', async () => {
  const page = await openWith({ issuer: 'https://login.example.com' });
  await page.goto(service.httpUrl);
  await page.getByRole('textbox', { name: /Token/ }).fill('no token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: 'This is not a token.' }).waitFor();
  const token = await service.issueToken({ account: uniqueId('mei'), name: 'Mei Lin' });
  await page.getByRole('textbox', { name: /Token/ }).fill(` ${token}\n`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as Mei Lin').waitFor();
  await page.reload();
  await page.getByText('Signed in as Mei Lin').waitFor();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
});

it('signs in to the user pool by e-mail and password, and again after a reload without', async () => {
  const account = uniqueId('mei');
  const asked: string[] = [];
  const page = await openWith({ issuer, userPoolClientId: 'client' });
  await page.route(`${new URL(issuer).origin}/`, async (route) => {
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    if (route.request().method() === 'OPTIONS') return route.fulfill({ headers });
    const { ClientId, AuthFlow, AuthParameters } = route.request().postDataJSON();
    asked.push(`${ClientId} ${AuthFlow}`);
    if (AuthParameters.PASSWORD === 'wrong') {
      const json = { __type: 'NotAuthorizedException', message: 'Incorrect username or password.' };
      return route.fulfill({ status: 400, headers, json });
    }
    const IdToken = await service.issueToken({ account, name: 'Mei Lin' });
    const refresh = AuthFlow === 'USER_PASSWORD_AUTH' && { RefreshToken: 'refresh' };
    return route.fulfill({ headers, json: { AuthenticationResult: { IdToken, ...refresh } } });
  });
  await page.goto(service.httpUrl);
  await page.getByRole('textbox', { name: 'E-mail' }).fill('mei@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('E-mail or password is not right.').waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill('right');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as Mei Lin').waitFor();
  await page.reload();
  await page.getByText('Signed in as Mei Lin').waitFor();
  expect(asked).toEqual([
    ...['client USER_PASSWORD_AUTH', 'client USER_PASSWORD_AUTH', 'client REFRESH_TOKEN_AUTH'],
  ]);
});

it('says so when there is no service', async () => {
  const page = await openWith({ issuer });
  await page.route('**/config.json', (route) => route.fulfill({ status: 404 }));
  await page.goto(service.httpUrl);
  await page.getByText('The service cannot be reached').waitFor();
  await page.unroute('**/config.json');
  await page.route('**/config.json', (route) =>
    route.fulfill({ json: { ...service, issuer: 'https://login.example.com' } }),
  );
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('textbox', { name: /Token/ }).waitFor();
});

it('keeps in memory what the browser does not let it keep', async () => {
  const page = await openWith({ issuer: 'https://login.example.com' });
  await page.addInitScript(refuseStorage);
  await page.goto(service.httpUrl);
  const token = await service.issueToken({ account: uniqueId('mei'), name: 'Mei Lin' });
  await page.getByRole('textbox', { name: /Token/ }).fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as Mei Lin').waitFor();
});
