/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type HtmlValue = string | number | Html | readonly HtmlValue[];

/** A template for HTML. Whatever is put in is escaped, unless it comes from such a template itself. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const text = parts.map((part, index) => {
    const value = values[index];
    return value === undefined ? part : part + render(value);
  });
  return { html: text.join('') };
}

/** Text as it may stand in HTML, in attributes too. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function render(value: HtmlValue): string {
  if (typeof value === 'string' || typeof value === 'number') {
    return escapeHtml(String(value));
  }
  return 'html' in value ? value.html : value.map(render).join('');
}
