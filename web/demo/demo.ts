/** The demo shop's page: a basket that counts, nothing more. */

const dark = window.matchMedia('(prefers-color-scheme: dark)')

function setTheme(): void {
  const theme = dark.matches ? 'dark' : 'light'
  document.documentElement.dataset.theme = theme
  document.querySelector<HTMLElement>('jinpai-chat')?.setAttribute('data-theme', theme)
}

let inBasket = 0
document.getElementById('add')!.addEventListener('click', () => {
  document.getElementById('cart')!.textContent = String(++inBasket)
  say('已放进购物车')
})
document.getElementById('buy')!.addEventListener('click', () => say('演示店铺不会真的下单，想了解商品可以问右下角的客服'))

function say(text: string): void {
  document.getElementById('note')!.textContent = text
}

dark.addEventListener('change', setTheme)
window.addEventListener('load', setTheme)
setTheme()
