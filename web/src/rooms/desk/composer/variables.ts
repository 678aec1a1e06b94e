const VARIABLE = /\{([\u4e00-\u9fffA-Za-z_]{1,12})\}/g

/** The text with every known `{变量}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name] || whole)
}

/** The names of variables that are still open; such a text must not be sent. */
export function openVariables(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1]!))]
}
