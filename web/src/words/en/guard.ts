export default {
  guard: {
    all: 'Say it like this',
    one: 'Fix only this',
    reason: 'Why send it anyway (optional, your supervisor sees it)',
    sentAnyway: 'Sent after confirming · {reason}',
    sentAnywayBare: 'Sent after confirming',
    bait: 'Careful, this may be a trap: {trap}',
    answer: 'The safe answer',
    useAnswer: 'Put it in',
    trap: {
      buyer_privacy: 'fishing for somebody else’s order or data',
      invoice: 'an invoice against the rules',
      compensation: 'leading you to promise compensation',
      quality_inspection: 'a mystery inspection',
      off_platform: 'luring you off the platform',
    },
    notCopied: 'Not copied · {label}',
    notCopiedWhy: 'It did not pass the check and was not copied',
    copyAgain: 'If it is all right, press Enter again to copy it',
  },
}
