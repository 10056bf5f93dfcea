"""What can go wrong between here and a server, as sentences."""

from __future__ import annotations

from desktop_app.errors import ReaderError


class NotAnAddress(ReaderError):
    """Something that was to be fetched is no web address."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"“{text[:200]}” cannot be fetched: {reason}. An address looks like https://example.org/news.")


class Offline(ReaderError):
    """The reader wants no requests."""

    def __init__(self) -> None:
        super().__init__("Setu is set to stay offline, so nothing was fetched. Go online in the settings to fetch.")


class FetchFailed(ReaderError):
    """A server, or the way to it, did not give what was asked for.

    With *lasting*, asking again will not help; *gone*: it is gone for good (410). *wait_s* is how long the server
    wants to be left alone. *no_network* says that this machine may be the one that is cut off.
    """

    def __init__(
        self,
        address: str,
        reason: str,
        advice: str = "Try again later.",
        *,
        lasting: bool = False,
        gone: bool = False,
        wait_s: int = 0,
        no_network: bool = False,
    ) -> None:
        self.lasting, self.gone, self.wait_s, self.no_network = lasting or gone, gone, wait_s, no_network
        super().__init__(f"{address} could not be fetched: {reason}.{' ' + advice if advice else ''}")
