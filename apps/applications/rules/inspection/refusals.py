"""Why a file is not kept, and the sizes that every check shares."""

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
#: The EICAR test string, written in two parts so that this file is not taken for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


class Refused(ValueError):
    """`code` names the reason; apps.applications.refusals has the words for the person."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
