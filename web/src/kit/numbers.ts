import { languageTag } from './language'

/** An amount of yuan as people read it: `¥1,234.50`; `amount` is a decimal string or a number. */
export function money(amount: string | number): string {
  const form = { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' } as const
  return new Intl.NumberFormat(languageTag(), form).format(Number(amount))
}

/** A count with separators: `28,010`. */
export function count(value: number): string {
  return new Intl.NumberFormat(languageTag()).format(value)
}
