import { type Ref, watchEffect, onScopeDispose } from 'vue'

/** Shows in the window's title how many messages wait to be read. */
export function useTitle(title: string, unread: Ref<number>): void {
  watchEffect(() => {
    document.title = unread.value ? `(${unread.value > 99 ? '99+' : unread.value}) ${title}` : title
  })
  onScopeDispose(() => (document.title = title))
}
