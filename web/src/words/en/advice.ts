export default {
  advice: {
    title: 'Suggested replies',
    learning: 'Still learning how buyers of this shop ask; advice comes in some seconds',
    unfold: 'Show suggestions',
    upset: 'Buyer is upset',
    urgent: 'Urgent',
    because: 'Because of: {words}',
    next: 'Next',
    unheard: 'Not understood',
    unheardHint: 'Press to say what the buyer means',
    notThis: 'Not this? Choose what the buyer really asks',
    whatThen: 'What does the buyer mean?',
    choose: 'Type to find an intent',
    note: 'Note',
    putRight: 'Noted as “{intent}”, learned next time',
    takeBack: 'Take back',
  },
}
