"""What is noted of a request while it is answered, for the log and the counts in front: nothing about the reader."""

KEY = "whatworks.note"


class Note:
    """Carried in the WSGI environment under KEY; whoever answers fills in what they know."""

    __slots__ = ("away", "kept", "number", "person", "request_id", "route", "stale", "status")

    def __init__(self, request_id: str):
        self.request_id = request_id
        self.route = ""
        self.number = ""
        self.kept = False
        self.stale = False  # given from what was kept, while no database could say whether it is the newest
        self.away = False  # no database answered
        self.status = 0
        self.person = None  # the number of who is signed in, where the page asked: no public page does
