"""The chat window on the shop's pages: its buyers read the conversation log themselves."""

from jinpai.flows.ports import Outgoing


class WidgetChannel:
    """Committing a message is delivering it; there is nothing left to call."""

    reads_log = True

    def deliver(self, outgoing: Outgoing) -> None:
        """Never called: a channel that reads the log has no due rows."""
        raise AssertionError("the widget reads the log")
