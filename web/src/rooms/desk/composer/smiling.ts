import { words } from '@/kit/i18n'
import type { Hit, LogEvent } from '@/live/frames'

const SMILE = /\p{Extended_Pictographic}|[:;]-?[)D]|\^_?\^|~\s*$/u
const FAREWELL = /再见|拜拜|回头见|慢走|祝您|感谢(?:您的)?(?:光临|惠顾|支持)|(?:欢迎|期待)(?:您)?(?:下次|再次)|下次(?:再)?来|good ?bye|take care/i

/** A reminder, never a stop: the first line of a reception and the farewell are said with a smile. */
export function smileHint(text: string, events: readonly LogEvent[]): Hit | null {
  if (!text.trim() || SMILE.test(text)) return null
  const isFirst = !spokeSince(events)
  const isFarewell = FAREWELL.test(text)
  if (!isFirst && !isFarewell) return null
  const why = words(isFirst ? 'composer.smileFirst' : 'composer.smileLast')
  return { rule: 'smile', family: 'smile', severity: 'hint', start: 0, end: 0, text: '', why, rewrite: `${text.trimEnd()}😊`, points: 0 }
}

/** Whether a person has already spoken in this reception: since the conversation was opened the last time. */
function spokeSince(events: readonly LogEvent[]): boolean {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at]!
    if (event.kind === 'closed') return false
    if (event.kind === 'message' && event.from.role === 'agent') return true
  }
  return false
}
