import { words } from '@/kit/i18n'
import type { LogEvent } from '@/live/frames'

/** Which kinds are shown as a strip of their own, for staff alone. */
export const ASIDES = new Set(['note', 'whisper', 'offered'])

/** What happened, in one line between the messages; empty for what a page shows otherwise or does not know. */
export function told(event: LogEvent): string {
  const by = event.from.name
  switch (event.kind) {
    case 'opened':
      return words('thread.opened')
    case 'reopened':
      return event.from.role === 'agent' && by ? words('thread.reopenedBy', { name: by }) : words('thread.reopened')
    case 'closed':
      return by ? words('thread.closedBy', { name: by }) : words('thread.closed')
    case 'assigned':
      return [assigned(event), event.text].filter(Boolean).join(words('thread.colon'))
    case 'queued':
      return words(event.offline ? 'thread.leftMessage' : 'thread.queued')
    case 'waived':
      return words('thread.waived', { name: by })
    case 'tagged':
      return event.tags?.length ? words('thread.tagged', { name: by, tags: event.tags.join(words('thread.and')) }) : words('thread.untagged', { name: by })
    case 'alarmed':
      return event.text ? words('thread.alarmed', { why: event.text }) : words('thread.alarmedBare')
    case 'calmed':
      return words('thread.calmed')
    case 'rate':
      return words('thread.rate')
    case 'rated':
      return words('thread.rated', { stars: event.stars ?? 0 })
    case 'approval_asked':
      return words(event.told ? 'bargain.log.honour' : 'bargain.log.asked', { name: by, goods: goodsOf(event), off: yuanOf(event), reason: event.text ?? '' })
    case 'approval_answered':
      return [words(`bargain.log.${event.verdict ?? 'refused'}`, { name: by, off: yuanOf(event) }), event.text].filter(Boolean).join(words('thread.colon'))
    case 'approval_lapsed':
      return event.text ?? ''
    case 'task_handed':
      return [words('tasks.log.handed', { name: by, title: event.title ?? '', department: words(`tasks.department.${event.department ?? 'warehouse'}`) }), event.text].filter(Boolean).join(words('thread.colon'))
    case 'task_moved':
      return [words(`tasks.log.${event.to ?? 'taken'}`, { name: by, title: event.title ?? '' }), event.text].filter(Boolean).join(words('thread.colon'))
    case 'task_late':
      return words('tasks.log.late', { title: event.title ?? '' })
    default:
      return ''
  }
}

function assigned(event: LogEvent): string {
  const by = event.from.name
  if (!event.agent) return words('thread.unassigned')
  if (by && event.name && by !== event.name) return words('thread.handed', { by, name: event.name })
  return words('thread.assigned', { name: event.name || by })
}

function goodsOf(event: LogEvent): string {
  return (event.pieces ?? 1) > 1 ? words('bargain.pieces', { goods: event.goods ?? '', count: event.pieces ?? 1 }) : (event.goods ?? '')
}

/** The amount as people say it: `40`, `12.5`. */
function yuanOf(event: LogEvent): string {
  return event.off ? String(Number(event.off)) : ''
}
