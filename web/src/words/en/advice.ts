export default {
  advice: {
    title: 'Suggested replies',
    unfold: 'Show suggestions',
    upset: 'Buyer is upset',
    urgent: 'Urgent',
    because: 'Because of: {words}',
    next: 'Next',
  },
}
