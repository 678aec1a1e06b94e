"""Buyers who write in another client that has no open connector: an agent carries the words over by hand."""

from jinpai.flows.ports import Outgoing


class CompanionChannel:
    """Committing a message is all there is to do: the agent pastes the words into the other client."""

    reads_log = True

    def deliver(self, outgoing: Outgoing) -> None:
        """Never called: a channel that reads the log has no due rows."""
        raise AssertionError("the agent carries the words of the companion window")
