import 'element-plus/es/components/message/style/css'

import { ElMessage } from 'element-plus/es/components/message/index'

import { Problem } from './http'

/** Tells the outcome of something the person did. */
export function say(text: string): void {
  ElMessage({ message: text, type: 'success', grouping: true, duration: 2400 })
}

/** Tells what went wrong and what to do, with the number to quote. */
export function sayProblem(problem: unknown): void {
  ElMessage({ message: Problem.from(problem).line, type: 'error', grouping: true, duration: 6000, showClose: true })
}
