declare global {
  interface Window {
    /** What a person did to a page before its script had arrived: fields that were touched, and the form that was sent. */
    gardaEarly?: { typed: WeakSet<EventTarget>; sent?: { form: HTMLFormElement; submitter: HTMLElement | null } };
  }
}

/**
 * Runs before anything else of a page. A form that script sends has the method `dialog`: sent too early, the browser itself neither
 * leaves the page nor writes what was typed into an address.
 */
export const rememberEarly = `(function(){var w=window,g=w.gardaEarly={typed:new WeakSet};w.addEventListener("input",function(e){g.typed.add(e.target)});w.addEventListener("submit",function(e){var f=e.target;if(!e.defaultPrevented&&f.method==="dialog"&&!f.closest("dialog"))g.sent={form:f,submitter:e.submitter}})})()`;

/**
 * Tells the script of these fields what was typed into them before it was there; it would set them back to what was sent. One after
 * the other, since a form may keep all its fields in one state. A field that was filled in meanwhile, from a draft that was kept,
 * stays as it is.
 */
export async function takeUpTyping(fields: Iterable<Element>) {
  const tick = () => new Promise((next) => setTimeout(next));
  const take = [...fields].filter((field) => window.gardaEarly?.typed.has(field)).map(typedInto);
  for (const each of take) {
    await tick();
    each?.();
  }
  await tick();
}

function typedInto(field: Element): (() => void) | undefined {
  if (field instanceof HTMLSelectElement) {
    const chosen = field.value;
    return () => {
      field.value = chosen;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
  }
  if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
    const before = field.defaultChecked;
    if (field.checked === before) return;
    return () => {
      field.checked = before;
      field.click();
    };
  }
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.type === "file") return;
  const typed = field.value;
  const before = field.defaultValue;
  return () => {
    if (field.value !== typed && field.value !== before) return;
    // React compares with what it saw set last; the prototype's own setter is the one it does not see.
    field.value = before;
    Reflect.set(Object.getPrototypeOf(field), "value", typed, field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
}
