import type { Off } from '../../transport/emitter.ts';
import { type Texts, textsFor } from '../text/texts.ts';
import { areSame } from './are-same.ts';
import {
  clientAbove,
  type ElementClient,
  type ElementGroup,
  onProvided,
} from './client-context.ts';
import { setAttributes } from './dom.ts';
import { HtmlElement } from './html-element.ts';
import { languageOf, onLanguage } from './language.ts';
import { addStyles } from './styles.ts';
import { isInDocument } from './tree.ts';

/** What tells when it has changed. */
interface Source {
  subscribeState(listener: () => void): Off;
}

/**
 * What all elements have in common: they find their group and their language, and draw once of all
 * that has changed in one go. While they are in no document they listen to nothing.
 */
export abstract class SeenbyElement extends HtmlElement {
  static readonly observedAttributes: readonly string[] = ['group-id', 'seq', 'max', 'failed'];
  readonly #root: ShadowRoot;
  #client: ElementClient | undefined;
  #group: ElementGroup | undefined;
  #listening: Off[] | undefined;
  #sources: readonly Source[] = [];
  #leaveSources: Off[] = [];
  #isDue = false;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    addStyles(this.#root, this.styles());
  }

  /** The client, if not the one that `provideClient` gave. */
  get client(): ElementClient | undefined {
    return this.#client ?? clientAbove(this);
  }

  set client(client: ElementClient | undefined) {
    this.#client = client;
    this.changed();
  }

  /** The group; or else that of the attribute `group-id`, by way of the client. */
  get group(): ElementGroup | undefined {
    const { groupId } = this;
    return this.#group ?? (groupId === undefined ? undefined : this.client?.group(groupId));
  }

  set group(group: ElementGroup | undefined) {
    this.#group = group;
    this.changed();
  }

  /** The attribute `group-id`. */
  get groupId(): string | undefined {
    return this.getAttribute('group-id') ?? undefined;
  }

  set groupId(groupId: string | undefined) {
    setAttributes(this, { 'group-id': groupId });
  }

  /** @internal */
  connectedCallback(): void {
    this.#takeEarlyProperties();
    const changed = () => this.changed();
    this.#listening ??= [onProvided(changed), onLanguage(changed)];
    this.changed();
  }

  /** @internal */
  disconnectedCallback(): void {
    // Whatever is moved to another place comes back before this runs.
    queueMicrotask(() => {
      if (!isInDocument(this)) this.#release();
    });
  }

  /** @internal */
  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before !== now) this.changed();
  }

  /** Draws soon what has changed. */
  protected changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      if (this.#listening) this.#update();
    });
  }

  protected get root(): ShadowRoot {
    return this.#root;
  }

  protected numberOf(attribute: string): number | undefined {
    const number = Number.parseInt(this.getAttribute(attribute) ?? '', 10);
    return Number.isNaN(number) ? undefined : number;
  }

  protected tellApp(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  protected abstract styles(): string;
  protected abstract render(texts: Texts): void;

  /** What it shows changes when one of these does. */
  protected sources(): readonly (Source | undefined)[] {
    return [this.group];
  }

  /** It is in no document any more. */
  protected released(): void {}

  #update(): void {
    const sources = this.sources().filter((source) => source !== undefined);
    if (!areSame(sources, this.#sources)) {
      this.#leave();
      this.#sources = sources;
      this.#leaveSources = sources.map((source) => source.subscribeState(() => this.changed()));
    }
    this.render(textsFor(languageOf(this)));
  }

  #leave(): void {
    for (const off of this.#leaveSources) off();
    this.#leaveSources = [];
    this.#sources = [];
  }

  #release(): void {
    for (const off of this.#listening ?? []) off();
    this.#listening = undefined;
    this.#leave();
    this.released();
  }

  /** Properties that were set before the element was defined would hide those of its class. */
  #takeEarlyProperties(): void {
    for (const name of Object.keys(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}
