// htmx as this project uses it: nothing evaluated, no style injected, forms refused with 422 shown.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  defaultSwapStyle: "innerHTML",
  // What has arrived works at once: a key pressed in between would leave the page.
  defaultSettleDelay: 0,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

htmx.defineExtension("morph", {
  init: () => undefined,
  getSelectors: () => null,
  onEvent: () => true,
  transformResponse: (text) => text,
  isInlineSwap: (style) => style === "morph",
  handleSwap: (style, target, fragment) => {
    if (style !== "morph" || !(fragment instanceof Element || fragment instanceof DocumentFragment)) {
      return false;
    }
    const morphed = Idiomorph.morph(target as Element, fragment.children, { morphStyle: "outerHTML" });
    // A promise comes back only where a whole <head> is morphed, which fragments never hold.
    return Array.isArray(morphed) ? morphed : false;
  },
  encodeParameters: () => null,
});

/** The token that a form would carry, for requests without a form. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

document.addEventListener("htmx:configRequest", (event) => {
  const detail = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
  detail.headers["X-CSRFToken"] = csrfToken();
});

export { htmx };
