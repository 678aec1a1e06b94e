/* What whoever takes a buyer over should know. */
export default {
  handover: {
    title: 'Hand-over',
    unfold: 'Show the hand-over',
    how: { assistant: 'The assistant called for you', transferred: 'Passed on to you', assigned: 'Served by somebody else before' },
    by: { assistant: 'The assistant called for you', transferred: 'Passed on by {name}', assigned: 'Given by {name}' },
    note: 'Note',
    model: 'By a language model; what counts is below',
    kind: { who: 'Buyer', wants: 'Wants', order: 'Order', said: 'So far', promised: 'Promised', price: 'Price', open: 'Open' },
    look: 'See the words',
  },
}
