/** What the pages of an IdP leave open, so that somebody has to say it. */
export interface Question {
  /** The option that answers it on the command line. */
  readonly option: 'username-field' | 'password-field' | 'press' | 'deny';
  /** The sentence that asks it. */
  readonly asks: string;
  /** What there is to choose from. */
  readonly among: readonly string[];
}

/** Answers with one of the choices; nothing: nobody knows. */
export type Ask = (question: Question) => Promise<string | undefined>;

/** What is done with a page that looks like nothing known, as somebody says it. */
export interface Told {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly press: string | undefined;
}

/** Asks what a page is for: which fields take the name and the password, and what is pressed then. */
export async function askAbout(
  page: { readonly title: string; readonly fields: readonly string[]; readonly buttons: readonly string[] },
  ask: Ask,
): Promise<Told | undefined> {
  const { title, fields, buttons } = page;
  const called = title === '' ? 'The page' : `The page '${title}'`;
  const chosen = async (option: Question['option'], asks: string, among: readonly string[]) =>
    among.length === 0 ? undefined : await ask({ option, asks: `${called}: ${asks}`, among });
  const username = await chosen('username-field', 'which field takes the user name?', fields);
  const others = fields.filter((field) => field !== username);
  const password = await chosen('password-field', 'which field takes the password?', others);
  const press = await chosen('press', 'which button is pressed?', buttons);
  return username === undefined && password === undefined && press === undefined
    ? undefined
    : { username, password, press };
}

/** Asks how a user says no at a page that asks for consent, where that was not found out. */
export async function askForNo(title: string, among: readonly string[], ask: Ask): Promise<string | undefined> {
  if (among.length === 0) return undefined;
  return await ask({ option: 'deny', asks: `The page '${title}': what does a user press to say no?`, among });
}
