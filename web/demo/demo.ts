/** The demo shop's pages: its products, a basket that counts, and the chat window told what the visitor looks at. */

import { el } from '../widget/dom'
import products from './products.json'

type Product = (typeof products)[number]

const SPACE = 'http://www.w3.org/2000/svg'
const FREE_FROM = 199

const byId = (id: string) => document.getElementById(id)!
let inBasket = 0

function drawing(product: Product, label = ''): SVGSVGElement {
  const svg = document.createElementNS(SPACE, 'svg')
  const use = document.createElementNS(SPACE, 'use')
  use.setAttribute('href', `#${product.id}`)
  svg.append(use)
  svg.setAttribute('viewBox', '0 0 120 120')
  if (label) {
    svg.setAttribute('role', 'img')
    svg.setAttribute('aria-label', label)
  } else svg.setAttribute('aria-hidden', 'true')
  return svg
}

function link(product: Product, className: string, ...children: (Node | string)[]): HTMLAnchorElement {
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    history.pushState(null, '', `/demo?p=${product.id}`)
    show()
    window.scrollTo({ top: 0 })
  }
  return el('a', { class: className, href: `/demo?p=${product.id}`, onclick: go as (event: never) => void }, ...children)
}

const chosen = (): Product => products.find((one) => one.id === new URLSearchParams(location.search).get('p')) ?? products[0]!

/** The page of the product in the address. */
function show(): void {
  const product = chosen()
  document.title = `${product.short} · 山野集`
  byId('nav').replaceChildren(
    ...products.map((one) => {
      const entry = link(one, 'entry', one.category)
      if (one === product) entry.setAttribute('aria-current', 'page')
      return entry
    }),
  )
  byId('main').replaceChildren(
    el('p', { class: 'crumb' }, `首页 / ${product.category} / ${product.short}`),
    el('div', { class: 'product' }, el('div', { class: 'shot' }, drawing(product, product.short)), facts(product)),
    section('为什么选它', el('ul', { class: 'points' }, ...product.points.map((point) => el('li', {}, point)))),
    section('参数', pairs('spec', Object.entries(product.attributes as Record<string, string>))),
    section('包装里有', el('p', { class: 'text' }, `${product.box.join('，')}。`)),
    section('买家常问', pairs('ask', product.faq.map(({ question, answer }): [string, string] => [question, answer]))),
    section('店里还有', el('div', { class: 'others' }, ...products.filter((one) => one !== product).map(other))),
    el('p', { class: 'fine' }, '这是金牌客服的演示店铺页，不会真的下单。右下角的聊天窗连着接待台，可以试着问一句。'),
  )
}

function facts(product: Product): HTMLElement {
  const price = el('span', { class: 'num' })
  const note = el('p', { class: 'note', role: 'status' })
  const choices = product.skus.map((sku) => el('button', { type: 'button', role: 'radio', class: 'choice', onclick: () => choose(sku.id) }, sku.name))
  const shipping = Number(product.skus[0]!.price) >= FREE_FROM ? '包邮' : `满 ${FREE_FROM} 包邮`
  const add = () => {
    byId('cart').textContent = String(++inBasket)
    note.textContent = '已放进购物车'
  }
  const buy = () => (note.textContent = '演示店铺不会真的下单，想了解商品可以问右下角的客服')

  function choose(id: string): void {
    const sku = product.skus.find((one) => one.id === id)!
    price.textContent = `¥${sku.price}`
    for (const [place, choice] of choices.entries()) choice.setAttribute('aria-checked', String(product.skus[place] === sku))
    tellChat({ product: product.id, sku: sku.id, title: product.title, price: sku.price })
  }

  choose(product.skus[0]!.id)
  return el(
    'div',
    { class: 'facts' },
    el('h1', {}, product.title),
    el('p', { class: 'lead' }, product.points[0]!),
    el('p', { class: 'price' }, price, el('span', { class: 'tag' }, shipping)),
    el('div', { class: 'choices', role: 'radiogroup', 'aria-label': '规格' }, ...choices),
    pairs('service', [['发货', '14:00 前拍下当天寄出，周末照常发'], ['保障', '7 天无理由，含运费险']]),
    el('div', { class: 'buy' }, el('button', { type: 'button', id: 'add', onclick: add }, '加入购物车'), el('button', { type: 'button', id: 'buy', onclick: buy }, '立即购买')),
    note,
  )
}

function section(title: string, body: HTMLElement): HTMLElement {
  return el('section', {}, el('h2', {}, title), body)
}

function pairs(className: string, entries: [string, string][]): HTMLElement {
  return el('dl', { class: className }, ...entries.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]))
}

function other(product: Product): HTMLElement {
  return link(product, 'other', el('span', { class: 'shot' }, drawing(product)), el('b', {}, product.short), el('span', { class: 'num' }, `¥${product.skus[0]!.price}`))
}

/** What the chat window may offer to send: on the element once it is there, else on the script that will make it. */
function tellChat(subject: Record<string, string>): void {
  const chat = document.querySelector<HTMLElement>('jinpai-chat') ?? document.querySelector<HTMLElement>('script[data-channel]')
  if (chat) Object.assign(chat.dataset, subject)
}

const night = window.matchMedia('(prefers-color-scheme: dark)')
const dress = () => void (document.documentElement.dataset.theme = night.matches ? 'dark' : 'light')
night.addEventListener('change', dress)
window.addEventListener('popstate', show)
dress()
show()
